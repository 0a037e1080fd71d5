#include "faults/fault.hpp"

#include <algorithm>

namespace hearsay::faults {

void Eligible::reset(const Batch& batch) {
  lay_out(batch);
  std::ranges::fill(marks_, std::uint8_t{0});
}

void Eligible::lay_out(const Batch& batch) {
  bursts_ = batch.bursts();
  marks_.resize(std::size_t{batch.bursts()} * batch.fanout());
}

void Eligible::keep_going_on(const Batch& batch) {
  for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot) {
    const auto marks = column(slot);
    for (std::uint32_t burst = 0; burst < bursts_; ++burst)
      if (batch.fate(slot)[burst] != kGoesOn) marks[burst] = 0;
  }
}

}  // namespace hearsay::faults
