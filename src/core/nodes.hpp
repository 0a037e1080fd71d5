#pragma once

// The state of the nodes, as far as faults change it: who is up, who attends to what reaches it, and how fast
// the timers of each run.

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <unordered_map>
#include <vector>

#include "base/batch.hpp"
#include "base/bits.hpp"
#include "base/bytes.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"
#include "faults/node_control.hpp"

namespace hearsay::core {

/// At first all are up, attend, and are on time. One bit tells of a node that nothing ever happened to it,
/// and one test that nothing happened to anyone. What lies on a node stays on it while it is down.
class Nodes {
 public:
  explicit Nodes(NodeId nodes) : nodes_(nodes), down_(nodes), touched_(nodes) {}

  /// Whether a fault ever changed the state of any node, or of this one.
  bool any_touched() const { return any_touched_; }
  bool touched(NodeId node) const { return any_touched_ && touched_.test(node); }

  /// Tells `each` of the places among `nodes`, at most a batch of them, of those to which anything ever
  /// happened.
  template <typename Each>
  void for_each_touched(std::span<const NodeId> nodes, Each each) const {
    if (!any_touched_) return;
    std::array<std::uint8_t, Batch::kMostBursts> marks;
    touched_.test(nodes, marks.data());
    for_each_nonzero({marks.data(), nodes.size()}, each);
  }

  bool is_up(NodeId node) const { return !down_.test(node); }
  void find_down(std::span<const NodeId> nodes, std::uint8_t* marks) const { down_.test(nodes, marks); }
  bool all_up() const { return downs_ == 0; }

  /// A node goes down, or comes up. False: it is down, or up, already; nothing was done.
  bool take_down(NodeId node);
  bool bring_up(NodeId node);

  /// Whether nodes, if they are up, handle at once what reaches them: they are neither paused nor slow.
  bool all_attend() const { return inattentive_count_ == 0; }
  bool attends(NodeId node) const { return all_attend() || !inattentive_.test(node); }
  bool is_paused(NodeId node) const { return !pauses_.empty() && pauses_[node] != 0; }

  bool is_slow(NodeId node) const { return slow_.contains(node); }

  /// How long a slow node takes over the next message, which it begins at `at`.
  Duration next_takes(NodeId node, Tick at) const;

  /// So many times as fast as time the timers of the node run, and those of the fastest there is: at least 1.
  bool all_on_time() const { return factors_.empty(); }
  double speed(NodeId node) const;
  double fastest() const { return speeds_.empty() ? 1 : std::max(1.0, speeds_.rbegin()->first); }

  /// One more pause lies on the node, or one less; the same of slowness, and of factors of its speed.
  void pause(NodeId node);
  void resume(NodeId node);
  void slow(NodeId node, faults::Slowness& by);
  void unslow(NodeId node, faults::Slowness& by);
  void skew(NodeId node, double factor);
  void unskew(NodeId node, double factor);

 private:
  void touch(NodeId node);
  void update_attention(NodeId node);
  void count_speed(NodeId node, bool comes);

  NodeId nodes_;
  Bits down_;
  NodeId downs_ = 0;  // how many are down
  bool any_touched_ = false;
  Bits touched_;
  Bits inattentive_;  // without room as long as all have attended
  NodeId inattentive_count_ = 0;
  std::vector<std::uint16_t> pauses_;  // by node; empty as long as none was paused
  std::unordered_map<NodeId, std::vector<faults::Slowness*>> slow_;  // looked up only, never iterated
  std::unordered_map<NodeId, std::vector<double>> factors_;          // so is this; each in ascending order
  std::map<double, NodeId> speeds_;                                  // how many of `factors_` have each
};

}  // namespace hearsay::core
