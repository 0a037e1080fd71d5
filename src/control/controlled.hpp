#pragma once

// What a running cluster lets those do who control it.

#include <cstdint>
#include <optional>
#include <vector>

#include "base/ids.hpp"
#include "base/time.hpp"
#include "measure/outcome.hpp"
#include "scenario/scenario.hpp"

namespace hearsay::control {

/// How a cluster is right now.
struct Status {
  Tick now = 0;
  NodeId nodes = 0;
  std::vector<NodeId> down;    ///< ascending
  std::vector<NodeId> paused;  ///< ascending
  std::uint64_t published = 0;
  std::uint64_t committed = 0;
  measure::Messages messages;  ///< so far
};

/// One thread, that of the cluster. What is done here all versions of the run share.
class Controlled {
 public:
  virtual ~Controlled() = default;

  virtual Status status() = 0;

  /// What each fault has hit so far, in the order of the rules.
  virtual std::vector<measure::Evidence> evidence() = 0;

  /// These faults and no others from now on, all at once. One that is as it was goes on as it was; what one
  /// that is gone did to nodes is undone. What a new one would have done to nodes before `since` it does not
  /// do.
  virtual void replace_faults(const std::vector<scenario::Fault>& faults, Tick since) = 0;

  /// False: the node is in that state already. What a fault paused goes on with that fault.
  virtual bool kill(NodeId node, bool wipe) = 0;
  virtual bool restart(NodeId node) = 0;
  virtual bool pause(NodeId node) = 0;
  virtual bool resume(NodeId node) = 0;

  /// The initiator publishes its next version now. Nothing: there are as many as there can be.
  virtual std::optional<Version> publish() = 0;
};

}  // namespace hearsay::control
