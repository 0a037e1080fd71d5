#pragma once

#include <set>
#include <vector>

#include "control/controlled.hpp"

namespace hearsay::control {

/// A cluster that only remembers what was done to it.
class FakeCluster final : public Controlled {
 public:
  explicit FakeCluster(NodeId nodes) : nodes_(nodes) {}

  Status status() override {
    return {.now = now,
            .nodes = nodes_,
            .down = {down.begin(), down.end()},
            .paused = {paused.begin(), paused.end()},
            .published = published,
            .committed = 0,
            .messages = {}};
  }
  std::vector<measure::Evidence> evidence() override { return seen; }
  void replace_faults(const std::vector<scenario::Fault>& next, Tick) override {
    faults = next;
    ++replaced;
  }
  bool kill(NodeId node, bool wipe) override {
    wiped = wipe;
    return down.insert(node).second;
  }
  bool restart(NodeId node) override { return down.erase(node) == 1; }
  bool pause(NodeId node) override { return paused.insert(node).second; }
  bool resume(NodeId node) override { return paused.erase(node) == 1; }
  std::optional<Version> publish() override {
    if (full) return std::nullopt;
    return static_cast<Version>(++published);
  }

  Tick now = 0;
  std::vector<scenario::Fault> faults;
  std::vector<measure::Evidence> seen;
  int replaced = 0;
  std::set<NodeId> down;
  std::set<NodeId> paused;
  bool wiped = false;
  bool full = false;
  std::uint64_t published = 0;

 private:
  NodeId nodes_;
};

}  // namespace hearsay::control
