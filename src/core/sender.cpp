#include "core/sender.hpp"

namespace hearsay::core {

void Sender::send(Batch& batch) {
  batch.seal();
  population_.address(batch);
  wire_.judge(batch);
  pass_on(batch);
  while (Batch* copies = wire_.next_copies()) pass_on(*copies);
}

void Sender::pass_on(Batch& batch) {
  population_.look_up(batch);
  ledger_.sent(batch);
  if (batch.marked())
    carry_but_for_held(batch);
  else
    world_.carry(batch);
  let_go();
}

// What is held counts as sent and in flight: to the rest of the house it is on its way.
void Sender::carry_but_for_held(const Batch& batch) {
  wire_.faults().holds().keep(batch);
  part_ = batch;
  for (std::uint32_t slot = 0; slot < part_.fanout(); ++slot)
    for (std::uint32_t burst = 0; burst < part_.bursts(); ++burst)
      if ((part_.marks(slot, burst) & kHeld) != 0) part_.fate(slot)[burst] = kAbsent;
  world_.carry(part_);
}

void Sender::release(Tick now) {
  wire_.faults().holds().pass(now);
  let_go();
}

void Sender::let_go() {
  while (wire_.faults().holds().depart(part_)) {
    population_.look_up(part_);
    world_.carry(part_);
  }
}

}  // namespace hearsay::core
