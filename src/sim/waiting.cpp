#include "sim/waiting.hpp"

#include <algorithm>

namespace hearsay::sim {

void Waiting::went_down(NodeId node) {
  inbox_.clear(node, [&](Letter letter) { lost_.emplace_back(0, letter.slot, node); });
}

void Waiting::fail_lost(Tick now) {
  for (const Arrival arrival : lost_) driver_.fail(arrival.slot(), arrival.to(), now);
  lost_.clear();
}

std::span<const Arrival> Waiting::pass(Tick base, std::span<const Arrival> arrivals) {
  passed_.clear();
  for (const Arrival arrival : arrivals) {
    if (waits(arrival.to()))
      kept_.push_back({base + arrival.offset(), arrival.slot(), arrival.to(), false});
    else
      passed_.push_back(arrival);
  }
  return passed_;
}

void Waiting::arrive_garbled(Tick at, Slot slot, NodeId to) {
  if (waits(to))
    kept_.push_back({at, slot, to, true});
  else
    driver_.reject(slot, to, at);
}

void Waiting::serve_waiting(Tick base, Tick until) {
  std::sort(kept_.begin(), kept_.end());
  for (const auto& [at, slot, to, garbled] : kept_) inbox_.put(to, at, {slot, garbled});
  kept_.clear();
  handled_.clear();
  inbox_.serve(until, [&](NodeId node, Tick at, Letter letter) {
    if (letter.garbled)
      driver_.reject(letter.slot, node, at);
    else
      handled_.emplace_back(static_cast<std::uint32_t>(at - base), letter.slot, node);
  });
  driver_.arrive(base, handled_);
}

}  // namespace hearsay::sim
