#pragma once

// One cluster for what faults on nodes do to a run: three nodes that all send to all. Version 1 is published
// at 1 s to everyone and learned 1 ms later; the two rounds are at 1011 and 1021 ms and arrive 1 ms later.

#include <string>
#include <vector>

#include "tests/core/virtual_world.hpp"

namespace hearsay::core {

inline const std::string kThreeNodes = R"(
cluster.nodes = 3
gossip = { fanout = 3, rounds = 2, interval = "10ms" }
publish = { versions = 1, fanout = 3, deadline = "10s" }
)";

/// A fault on node 0, with its further keys.
inline std::string on_node_0(const std::string& kind, const std::string& more,
                             const std::string& name = "it") {
  return "[[fault]]\nname = \"" + name + "\"\nkind = \"" + kind + "\"\nnodes = 0\n" + more + "\n";
}

/// When node 0 sent its bursts, in microseconds after 1 s.
inline std::vector<Tick> sent_by_node_0(const VirtualWorld& world) {
  std::vector<Tick> bursts;
  for (const Message& message : world.sent())
    if (message.from == 0 && message.to == 0) bursts.push_back(message.at - kSecond);
  return bursts;
}

}  // namespace hearsay::core
