#pragma once

// The state of the nodes, as far as faults change it: who is up, and who attends to what reaches it.

#include <cstdint>
#include <vector>

#include "base/bits.hpp"
#include "base/ids.hpp"

namespace hearsay::core {

/// At first all are up and attend. One bit tells of a node that nothing ever happened to it,
/// and one test that nothing happened to anyone. What lies on a node stays on it while it is down.
class Nodes {
 public:
  explicit Nodes(NodeId nodes) : nodes_(nodes), down_(nodes), touched_(nodes) {}

  /// Whether a fault ever changed the state of any node, or of this one.
  bool any_touched() const { return any_touched_; }
  bool touched(NodeId node) const { return any_touched_ && touched_.test(node); }

  bool is_up(NodeId node) const { return !down_.test(node); }
  bool all_up() const { return downs_ == 0; }

  /// A node goes down, or comes up. False: it is down, or up, already; nothing was done.
  bool take_down(NodeId node);
  bool bring_up(NodeId node);

  /// Whether nodes, if they are up, handle at once what reaches them: they are neither paused nor slow.
  bool all_attend() const { return inattentive_count_ == 0; }
  bool attends(NodeId node) const { return all_attend() || !inattentive_.test(node); }
  bool is_paused(NodeId node) const { return !pauses_.empty() && pauses_[node] != 0; }

  /// One more pause lies on the node, or one less.
  void pause(NodeId node);
  void resume(NodeId node);

 private:
  void touch(NodeId node);
  void update_attention(NodeId node);

  NodeId nodes_;
  Bits down_;
  NodeId downs_ = 0;  // how many are down
  bool any_touched_ = false;
  Bits touched_;
  Bits inattentive_;  // without room as long as all have attended
  NodeId inattentive_count_ = 0;
  std::vector<std::uint16_t> pauses_;  // by node; empty as long as none was paused
};

}  // namespace hearsay::core
