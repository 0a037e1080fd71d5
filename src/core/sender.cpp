#include "core/sender.hpp"

namespace hearsay::core {

void Sender::send(Batch& batch) {
  batch.seal();
  population_.address(batch);
  wire_.judge(batch);
  ledger_.sent(batch);
  world_.carry(batch);
}

}  // namespace hearsay::core
