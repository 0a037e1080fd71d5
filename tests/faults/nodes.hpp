#pragma once

// Nodes for faults to act on.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "faults/layer.hpp"

namespace hearsay::faults {

/// Remembers what was done to nodes: "kill 3", "wipe 3", "restart 3", "pause 3", "resume 3" and so on.
class Nodes final : public NodeControl {
 public:
  bool is_up(NodeId node) const override { return !down.contains(node); }

  bool kill(NodeId node, bool wipe) override {
    if (!down.insert(node).second) return false;
    did(wipe ? "wipe" : "kill", node);
    return true;
  }
  bool restart(NodeId node) override {
    if (down.erase(node) == 0) return false;
    did("restart", node);
    return true;
  }

  void pause(NodeId node) override {
    ++pauses[node];
    did("pause", node);
  }
  void resume(NodeId node) override {
    if (--pauses[node] == 0) pauses.erase(node);
    did("resume", node);
  }

  void slow(NodeId node, Slowness& by) override {
    slowness[node] = &by;
    did("slow", node);
  }
  void unslow(NodeId node, Slowness& by) override {
    if (slowness.at(node) == &by) slowness.erase(node);
    did("unslow", node);
  }

  void skew(NodeId node, double factor) override {
    factors[node] = factor;
    did("skew", node);
  }
  void unskew(NodeId node, double factor) override {
    if (factors.at(node) == factor) factors.erase(node);
    did("unskew", node);
  }

  std::set<NodeId> down;
  std::map<NodeId, Slowness*> slowness;
  std::map<NodeId, double> factors;
  std::map<NodeId, int> pauses;
  std::vector<std::string> done;

 private:
  void did(const std::string& what, NodeId node) { done.push_back(what + " " + std::to_string(node)); }
};

/// Acts at every due instant up to `until`, and says what was done at which: "5 wipe 3".
inline std::vector<std::string> acts(Layer& layer, Nodes& nodes, Tick until, bool unsettled = true) {
  std::vector<std::string> all;
  while (layer.next_action() <= until) {
    const Tick now = layer.next_action();
    layer.act(now, nodes, unsettled);
    for (const std::string& what : nodes.done) all.push_back(std::to_string(now) + " " + what);
    nodes.done.clear();
  }
  return all;
}

}  // namespace hearsay::faults
