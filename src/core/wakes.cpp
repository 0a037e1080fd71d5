#include "core/wakes.hpp"

namespace hearsay::core {

void Wakes::learned(Tick base, std::span<const Arrival> of_one) { rounds_.learned(base, of_one); }

void Wakes::take(Tick until, Batch& batch) {
  if (!nodes_.any_touched()) return rounds_.take(until, batch);
  const RoundOf round = due_next();
  if (alarms_first()) {
    for (const Alarms::Due due : alarms_.take(until, batch.room().from.size()))
      if (sends(due.node, round)) batch.add(due.node, 0, due.at);
    return;
  }
  rounds_.take(until, batch);
  const Duration offset = rounds_.offset(round.round);
  batch.keep_if([&](NodeId node, Tick at) {
    return !nodes_.touched(node) || (logged(node, at - offset) && sends(node, round));
  });
}

}  // namespace hearsay::core
