#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/ids.hpp"

namespace hearsay::scenario {

/// Nodes first..last, both included.
struct NodeRange {
  NodeId first;
  NodeId last;

  friend bool operator==(const NodeRange&, const NodeRange&) = default;
};

/// A random choice that a scenario gives a name: drawn once a run, the same for all who name it, by the key
/// of the group.
struct RandomGroup {
  std::string name;
  std::uint32_t count = 0;  ///< 1..nodes; 0: a share
  double share = 0;         ///< within (0, 1]

  friend bool operator==(const RandomGroup&, const RandomGroup&) = default;
};

/// Which nodes a rule is about, as written. Random kinds are resolved by the fault layer, by its own key.
struct Selector {
  enum class Kind {
    all,        ///< "*": every node, and the initiator where senders are selected
    initiator,  ///< "initiator"
    ids,        ///< 3, "0..9", [1, 4], groups: `ranges` and `groups` together
    count,      ///< { count = 2 }: that many random nodes
    share,      ///< { share = "10%" }: a random tenth of the nodes, rounded to nearest, at least one
  };

  Kind kind = Kind::all;
  std::vector<NodeRange> ranges = {};    ///< for ids: sorted, disjoint, each within 0..nodes-1
  std::uint32_t count = 0;               ///< for count: 1..nodes
  double share = 0;                      ///< for share: within (0, 1]
  std::vector<RandomGroup> groups = {};  ///< for ids: those that are random; of others it has the nodes

  /// Whether chance decides which nodes it means.
  bool random() const { return drawn_anew() || !groups.empty(); }

  /// Whether it does so for each opening of a fault's window.
  bool drawn_anew() const { return kind == Kind::count || kind == Kind::share; }

  friend bool operator==(const Selector&, const Selector&) = default;
};

/// Two sides of a cluster. No node is written on both. Whoever is on both all the same, by chance or because
/// b is "*", belongs to a: `["0..4", "*"]` is nodes 0 to 4 and all the others, with the initiator.
struct Sides {
  Selector a;
  Selector b;

  friend bool operator==(const Sides&, const Sides&) = default;
};

}  // namespace hearsay::scenario
