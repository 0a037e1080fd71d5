#pragma once

// The rounds to come. A protocol's rounds follow learning at constant offsets, so they are no events: for
// each version there is one log of who learned it when, in order of time, and one cursor a round walks it.

#include <algorithm>
#include <cstdint>
#include <deque>
#include <queue>
#include <tuple>
#include <vector>

#include "base/ids.hpp"
#include "base/time.hpp"
#include "gossip/population.hpp"

namespace hearsay::core {

/// Nodes whose same round of the same version is due.
struct Woken {
  struct Wake {
    NodeId node;
    Tick learned;
    Tick due;
  };

  Slot slot = 0;
  Round round = 0;
  std::vector<Wake> wakes;
};

class Rounds {
 public:
  explicit Rounds(const gossip::Schedule& schedule) : schedule_(schedule) {}

  /// A version enters under the next slot.
  void open() { logs_.emplace_back(); }

  /// A node learned a version, no earlier than any before it: its rounds are to come.
  void learned(Slot slot, NodeId node, Tick at);

  /// When the next round is due; kNever: none is to come.
  Tick next() const;

  /// Takes up to `most` wakes of one version and round that are due at `until` or before, in order of time,
  /// beginning with the one that is due next. Needs next() <= until.
  void take(Tick until, std::size_t most, Woken& woken);

  /// Whether rounds of this version are to come for a node that `wakes`, asked as (node, when it learned).
  template <typename Wakes>
  bool pending(Slot slot, Wakes wakes) const {
    const auto& entries = logs_[slot].entries;
    return std::any_of(entries.begin(), entries.end(),
                       [&](const Learning& learning) { return wakes(learning.node, learning.at); });
  }

 private:
  struct Learning {
    Tick at;
    NodeId node;
  };
  struct Log {
    std::deque<Learning> entries;  // those whose last round is still to come
    std::uint64_t taken = 0;       // how many before them are gone
    // By round - 1, as far as rounds have begun: the number of the learning that wakes next. None is ahead of
    // the one before it, and each that is behind it, the first one behind the log, has its place in `next_`.
    std::vector<std::uint64_t> cursors = {0};
  };
  using Due = std::tuple<Tick, Slot, Round>;

  void follow(Log& log, const Woken& woken, std::uint64_t begin);
  Tick due(Tick learned, Round round) const {
    return learned + schedule_.first + (round - 1) * schedule_.interval;
  }

  gossip::Schedule schedule_;
  std::vector<Log> logs_;  // by slot
  std::priority_queue<Due, std::vector<Due>, std::greater<>> next_;
};

}  // namespace hearsay::core
