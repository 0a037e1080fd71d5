#include "sim/waiting.hpp"

#include <algorithm>

namespace hearsay::sim {

void Waiting::went_down(NodeId node) {
  inbox_.clear(node, [&](Slot slot) { lost_.emplace_back(0, slot, node); });
}

void Waiting::fail_lost(Tick now) {
  for (const Arrival arrival : lost_) driver_.fail(arrival.slot(), arrival.to(), now);
  lost_.clear();
}

std::span<const Arrival> Waiting::pass(std::span<const Arrival> arrivals) {
  const core::Nodes& nodes = driver_.nodes();
  passed_.clear();
  for (const Arrival arrival : arrivals) {
    const bool waits = !nodes.attends(arrival.to()) && nodes.is_up(arrival.to());
    (waits ? kept_ : passed_).push_back(arrival);
  }
  return passed_;
}

void Waiting::serve_waiting(Tick base, Tick until) {
  std::sort(kept_.begin(), kept_.end());
  for (const Arrival arrival : kept_) inbox_.put(arrival.to(), base + arrival.offset(), arrival.slot());
  kept_.clear();
  handled_.clear();
  inbox_.serve(until, [&](NodeId node, Tick at, Slot slot) {
    handled_.emplace_back(static_cast<std::uint32_t>(at - base), slot, node);
  });
  driver_.arrive(base, handled_);
}

}  // namespace hearsay::sim
