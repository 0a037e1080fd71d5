#include "core/wakes.hpp"

#include <array>
#include <cstdint>

namespace hearsay::core {

void Wakes::learned(Tick base, std::span<const Arrival> of_one) {
  if (nodes_.all_on_time()) return rounds_.learned(base, of_one);
  on_time_.clear();
  for (const Arrival learning : of_one) {
    const double speed = nodes_.speed(learning.to());
    if (speed == 1)
      on_time_.push_back(learning);
    else
      alarms_.follow(learning.to(), {learning.slot(), 1}, base + learning.offset(), speed);
  }
  if (!on_time_.empty()) rounds_.learned(base, on_time_);
}

void Wakes::take(Tick until, const gossip::Population& population, Batch& batch) {
  if (!nodes_.any_touched()) return rounds_.take(until, batch);
  const RoundOf round = due_next();
  if (alarms_first()) {
    for (const Alarms::Due due : alarms_.take(until, batch.room().from.size()))
      if (sends(due.node, round)) batch.add(due.node, population.life(due.node), due.at);
    return;
  }
  rounds_.take(until, batch);
  const Duration offset = rounds_.offset(round.round);
  std::array<std::uint8_t, Batch::kMostBursts> gone = {};
  bool any_gone = false;
  nodes_.for_each_touched(batch.from(), [&](std::size_t burst) {
    const NodeId node = batch.from()[burst];
    batch.life()[burst] = population.life(node);
    gone[burst] = !logged(node, batch.at()[burst] - offset) || !sends(node, round);
    any_gone |= gone[burst] != 0;
  });
  if (any_gone) batch.drop({gone.data(), batch.bursts()});
}

// What has been logged so far came to nodes that were on time.
void Wakes::retime(Tick now) {
  if (retimed_.empty()) return;
  rounds_.each_to_come([&](Slot slot, NodeId node, Tick learned, Round next) {
    if (nodes_.touched(node) && learned < now && retimed_.contains(node) && logged(node, learned))
      alarms_.follow(node, {slot, next}, learned, 1);
  });
  for (const NodeId node : retimed_) {
    alarms_.retime(node, nodes_.speed(node), now);
    counts_from_.put(node, std::max(counts_from_[node], now));
  }
  retimed_.clear();
}

}  // namespace hearsay::core
