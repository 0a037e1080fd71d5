#pragma once

#include <functional>
#include <queue>
#include <string_view>
#include <utility>
#include <vector>

#include "faults/node_control.hpp"

namespace hearsay::faults {

/// The parameter that says how long nodes stay down.
inline constexpr std::string_view kRestart = "restart_after";

/// Which nodes a fault took down, and when it brings each up again.
class Restarts {
 public:
  /// `at` kNever: not unless the fault itself is undone.
  void add(Tick at, NodeId node) { due_.emplace(at, node); }

  /// When the next one is due; kNever: none is.
  Tick next() const { return due_.empty() ? kNever : due_.top().first; }

  /// Brings up those that are due at `now` or before.
  void heal(Tick now, NodeControl& control) {
    for (; !due_.empty() && due_.top().first <= now; due_.pop()) control.restart(due_.top().second);
  }

 private:
  using Restart = std::pair<Tick, NodeId>;
  std::priority_queue<Restart, std::vector<Restart>, std::greater<>> due_;
};

}  // namespace hearsay::faults
