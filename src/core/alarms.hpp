#pragma once

// The rounds that keep no common schedule: those of nodes whose timers run at a speed of their own, and those
// of nodes that were paused when they were due. They are few, so that each may take some room.

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/ids.hpp"
#include "base/time.hpp"
#include "core/rounds.hpp"

namespace hearsay::core {

/// How long `span` of a timer takes that runs `speed` times as fast as time, to the nearest microsecond.
Duration lasts(Duration span, double speed);

class Alarms {
 public:
  explicit Alarms(const gossip::Schedule& schedule) : schedule_(schedule) {}

  /// A node's round, when it is due.
  struct Due {
    NodeId node;
    Tick at;
  };

  /// Of what the node learned at `learned`, `next` and the rounds after it come as its timers tell, which run
  /// at `speed` since then.
  void follow(NodeId node, RoundOf next, Tick learned, double speed);

  /// The timers of the node run at `speed` from `at` on.
  void retime(NodeId node, double speed, Tick at);

  /// A round of a node that is paused waits until its release.
  void hold(NodeId node, RoundOf round);

  /// All rounds that wait at the node are due at `at`.
  void release(NodeId node, Tick at);

  /// All rounds of the node are gone.
  void drop(NodeId node);

  /// When the next round is due; kNever: none is, but for those that wait.
  Tick next() const { return tops_.empty() ? kNever : std::get<Tick>(*tops_.begin()); }

  /// Which round is due next, if any.
  RoundOf due_next() const { return {std::get<1>(*tops_.begin()), std::get<2>(*tops_.begin())}; }

  /// Takes up to `most` of the round that is due next, those due at `until` or before, in order of time. Good
  /// until the next call.
  std::span<const Due> take(Tick until, std::size_t most);

  /// Whether rounds of this version are to come.
  bool pending(Slot slot) const { return slot < pending_.size() && pending_[slot] != 0; }

 private:
  /// Either one round, or all from one on.
  struct Alarm {
    RoundOf round;
    Tick due = kNever;     // kNever: it waits
    bool follows = false;  // all from this one on, and then:
    Tick since = 0;        // from when on the timer has run at its speed
    Duration passed = 0;   // what of the timer's time had passed then
    double speed = 1;
  };
  using Which = std::pair<Slot, Round>;
  using Dues = std::set<std::pair<Tick, NodeId>>;

  void set(NodeId node, Alarm alarm);
  void move(NodeId node, Alarm& alarm, Tick due);
  void ring(NodeId node, const Alarm& alarm);
  void silence(NodeId node, const Alarm& alarm);
  void rang(NodeId node, RoundOf round, Tick due);
  Tick due_of(const Alarm& alarm) const;

  gossip::Schedule schedule_;
  std::unordered_map<NodeId, std::vector<Alarm>> alarms_;  // looked up only, never iterated; none is empty
  std::map<Which, Dues> dues_;                             // of those that do not wait; none is empty
  std::set<std::tuple<Tick, Slot, Round>> tops_;           // the first of each of `dues_`
  std::vector<std::uint32_t> pending_;                     // by slot: how many alarms
  std::vector<Due> taken_;
};

}  // namespace hearsay::core
