#pragma once

#include <cstdint>
#include <vector>

#include "base/ids.hpp"

namespace hearsay::scenario {

/// Nodes first..last, both included.
struct NodeRange {
  NodeId first;
  NodeId last;

  friend bool operator==(const NodeRange&, const NodeRange&) = default;
};

/// Which nodes a rule is about, as written. Random kinds are resolved by the fault layer, by its own key.
struct Selector {
  enum class Kind {
    all,        ///< "*": every node, and the initiator where senders are selected
    initiator,  ///< "initiator"
    ids,        ///< 3, "0..9", [1, 4]: `ranges`
    count,      ///< { count = 2 }: that many random nodes
    share,      ///< { share = "10%" }: a random tenth of the nodes, rounded to nearest, at least one
  };

  Kind kind = Kind::all;
  std::vector<NodeRange> ranges = {};  ///< for ids: sorted, disjoint, each within 0..nodes-1
  std::uint32_t count = 0;             ///< for count: 1..nodes
  double share = 0;                    ///< for share: within (0, 1]

  bool random() const { return kind == Kind::count || kind == Kind::share; }

  friend bool operator==(const Selector&, const Selector&) = default;
};

}  // namespace hearsay::scenario
