#include "faults/fault.hpp"

namespace hearsay::faults {

void Eligible::reset(const Batch& batch) {
  bursts_ = batch.bursts();
  marks_.assign(batch.messages(), 0);
}

}  // namespace hearsay::faults
