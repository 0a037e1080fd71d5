#pragma once

// When which node sends a round of what it learned, whatever happens to nodes in between. Most rounds follow
// learning at constant offsets; those of a node that was paused or whose timers are fast or slow do not.

#include <algorithm>
#include <set>
#include <span>
#include <vector>

#include "base/arrival.hpp"
#include "base/batch.hpp"
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

  /// Nodes learned a version, each `offset` after `base`, in order of time and no earlier than any before
  /// them: their rounds are to come.
  void learned(Tick base, std::span<const Arrival> of_one);

  /// When the next round is due; kNever: none is to come.
  Tick next() const { return std::min(rounds_.next(), alarms_.next()); }

  /// Which round is due next, if any.
  RoundOf due_next() const { return alarms_first() ? alarms_.due_next() : rounds_.due_next(); }

  /// Takes wakes of the round that is due next, those due at `until` or before, in order of time and as far
  /// as the batch has room: a burst of each node that sends it, in the life it has in the population. Needs
  /// next() <= until.
  void take(Tick until, const gossip::Population& population, Batch& batch);

  /// Whether rounds of this version are to come.
  bool pending(Slot slot) const {
    return alarms_.pending(slot) ||
           rounds_.pending(slot, [this](NodeId node, Tick learned) { return logged(node, learned); });
  }

  /// The node went down: its rounds are gone. Or it came up, or goes on, at `at`.
  void went_down(NodeId node) { alarms_.drop(node); }
  void came_up(NodeId node, Tick at) { counts_from_.put(node, at); }
  void goes_on(NodeId node, Tick at) { alarms_.release(node, at); }

  /// The timers of the node run at another speed from now on; once all such changes of an instant are told,
  /// its rounds to come are moved.
  void speed_changed(NodeId node) { retimed_.insert(node); }
  void retime(Tick now);

 private:
  bool alarms_first() const { return alarms_.next() < rounds_.next(); }

  /// Whether rounds of what the node learned at `learned` come as logged.
  bool logged(NodeId node, Tick learned) const {
    return !nodes_.touched(node) || (nodes_.is_up(node) && learned >= counts_from_[node]);
  }

  /// Whether the node sends the round now; else it waits until the node goes on.
  bool sends(NodeId node, RoundOf round) {
    if (!nodes_.is_paused(node)) return true;
    alarms_.hold(node, round);
    return false;
  }

  const Nodes& nodes_;
  Rounds rounds_;
  Alarms alarms_;
  std::set<NodeId> retimed_;  // at this instant
  std::vector<Arrival> on_time_;
  Sparse<Tick> counts_from_;  // what a node learned before is not waited for in the log
};

}  // namespace hearsay::core
