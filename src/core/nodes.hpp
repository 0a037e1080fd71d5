#pragma once

// The state of the nodes, as far as faults change it: who is up and who is down, and whose rounds still come.

#include "base/bits.hpp"
#include "base/ids.hpp"
#include "base/sparse.hpp"
#include "base/time.hpp"

namespace hearsay::core {

/// One bit tells of a node that nothing ever happened to it, and one test that nothing happened to anyone.
class Nodes {
 public:
  /// All are up.
  explicit Nodes(NodeId nodes) : down_(nodes), touched_(nodes), counts_from_(nodes) {}

  bool is_up(NodeId node) const { return !down_.test(node); }
  bool all_up() const { return downs_ == 0; }

  /// Whether a fault ever changed the state of the node.
  bool touched(NodeId node) const { return anyone_touched_ && touched_.test(node); }

  /// Whether the rounds of what a node learned at `learned` come: they are gone once it goes down; what it
  /// learned since it came up again has rounds of its own.
  bool wakes(NodeId node, Tick learned) const {
    return !touched(node) || (is_up(node) && learned >= counts_from_[node]);
  }

  /// A node goes down, or comes up at `at`. False: it is down, or up, already; nothing was done.
  bool take_down(NodeId node);
  bool bring_up(NodeId node, Tick at);

 private:
  void touch(NodeId node);

  Bits down_;
  NodeId downs_ = 0;  // how many are down
  bool anyone_touched_ = false;
  Bits touched_;
  Sparse<Tick> counts_from_;  // when one that was down came up last
};

}  // namespace hearsay::core
