#pragma once

#include <functional>
#include <queue>
#include <tuple>
#include <vector>

#include "base/batch.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"
#include "sim/waiting.hpp"

namespace hearsay::sim {

/// Garbled messages on their way: few, and beside all others, whose packed form has no room for a mark.
class Garbled {
 public:
  /// Takes the garbled messages out of a judged batch: there they are absent afterwards.
  void take_out(Batch& batch) {
    for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot)
      for (std::uint32_t burst = 0; burst < batch.bursts(); ++burst) {
        Fate& fate = batch.fate(slot)[burst];
        if (fate != kGoesOn || (batch.marks(slot, burst) & kGarbled) == 0) continue;
        due_.emplace(batch.at()[burst] + batch.delay(slot)[burst], batch.slot(), batch.to(slot)[burst]);
        fate = kAbsent;
      }
  }

  /// When the next one is due; kNever: none is on its way.
  Tick next() const { return due_.empty() ? kNever : std::get<Tick>(due_.top()); }

  /// Lets all arrive that are due at `last` or before.
  void arrive(Tick last, Waiting& waiting) {
    for (; next() <= last; due_.pop()) {
      const auto [at, slot, to] = due_.top();
      waiting.arrive_garbled(at, slot, to);
    }
  }

 private:
  using Due = std::tuple<Tick, Slot, NodeId>;

  std::priority_queue<Due, std::vector<Due>, std::greater<>> due_;
};

}  // namespace hearsay::sim
