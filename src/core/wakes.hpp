#pragma once

// When which node sends a round of what it learned, whatever happens to nodes in between. Most rounds follow
// learning at constant offsets; those of a node that was paused or whose timers are fast or slow do not.

#include <algorithm>
#include <cstddef>

#include "base/ids.hpp"
#include "base/sparse.hpp"
#include "base/time.hpp"
#include "core/alarms.hpp"
#include "core/nodes.hpp"
#include "core/rounds.hpp"
#include "gossip/population.hpp"

namespace hearsay::core {

class Wakes {
 public:
  /// `nodes` must outlive it; what happens to them must be told here after it was told there.
  Wakes(const gossip::Schedule& schedule, const Nodes& nodes, NodeId count)
      : nodes_(nodes), rounds_(schedule), alarms_(schedule), counts_from_(count) {}

  /// A version enters under the next slot.
  void open() { rounds_.open(); }

  /// No round of the version is to come, nor will any node learn it.
  void close(Slot slot) { rounds_.close(slot); }

  /// A node learned a version, no earlier than any before it: its rounds are to come.
  void learned(Slot slot, NodeId node, Tick at);

  /// When the next round is due; kNever: none is to come.
  Tick next() const { return std::min(rounds_.next(), alarms_.next()); }

  /// Which round is due next, if any.
  RoundOf due_next() const { return alarms_first() ? alarms_.due_next() : rounds_.due_next(); }

  /// Takes up to `most` wakes of the round that is due next, those due at `until` or before, in order of
  /// time: tells `wake` of each node that sends it (node, when it is due). Needs next() <= until.
  template <typename Wake>
  void take(Tick until, std::size_t most, Wake wake);

  /// Whether rounds of this version are to come.
  bool pending(Slot slot) const {
    return alarms_.pending(slot) ||
           rounds_.pending(slot, [this](NodeId node, Tick learned) { return logged(node, learned); });
  }

  /// The node went down: its rounds are gone. Or it came up, or goes on, at `at`.
  void went_down(NodeId node) { alarms_.drop(node); }
  void came_up(NodeId node, Tick at) { counts_from_.put(node, at); }
  void goes_on(NodeId node, Tick at) { alarms_.release(node, at); }

 private:
  bool alarms_first() const { return alarms_.next() < rounds_.next(); }

  /// Whether rounds of what the node learned at `learned` come as logged.
  bool logged(NodeId node, Tick learned) const {
    return !nodes_.touched(node) || (nodes_.is_up(node) && learned >= counts_from_[node]);
  }

  template <typename Wake>
  void wake_or_hold(NodeId node, RoundOf round, Tick at, Wake wake) {
    if (nodes_.is_paused(node))
      alarms_.hold(node, round);
    else
      wake(node, at);
  }

  const Nodes& nodes_;
  Rounds rounds_;
  Alarms alarms_;
  Sparse<Tick> counts_from_;  // what a node learned before is not waited for in the log
};

template <typename Wake>
void Wakes::take(Tick until, std::size_t most, Wake wake) {
  if (!nodes_.any_touched())
    return rounds_.take(until, most, [&](NodeId node, Tick /*learned*/, Tick at) { wake(node, at); });
  const RoundOf round = due_next();
  if (alarms_first()) {
    for (const Alarms::Due due : alarms_.take(until, most)) wake_or_hold(due.node, round, due.at, wake);
    return;
  }
  rounds_.take(until, most, [&](NodeId node, Tick learned, Tick at) {
    if (logged(node, learned)) wake_or_hold(node, round, at, wake);
  });
}

}  // namespace hearsay::core
