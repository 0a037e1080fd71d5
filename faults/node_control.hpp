#pragma once

#include "base/ids.hpp"
#include "base/time.hpp"

namespace hearsay::faults {

/// How long a slow node takes over each message that it handles.
class Slowness {
 public:
  virtual ~Slowness() = default;

  /// Over the next one, which it begins at `at`.
  virtual Duration takes(NodeId node, Tick at) = 0;
};

/// What a fault may do to nodes; each world carries it out. What is laid on a node stays on it while it is
/// down, and must be taken from it as often as it was laid on it.
class NodeControl {
 public:
  virtual ~NodeControl() = default;

  virtual bool is_up(NodeId node) const = 0;

  /// Takes a node down, with or without what it holds. False: it is down already, and nothing was done.
  virtual bool kill(NodeId node, bool wipe) = 0;

  /// Brings a node that is down up again. False: it is up already.
  virtual bool restart(NodeId node) = 0;

  /// Lays a pause on a node, or takes one from it. While one lies on it, its rounds and what reaches it wait.
  virtual void pause(NodeId node) = 0;
  virtual void resume(NodeId node) = 0;

  /// Lays a slowness on a node, or takes it from it: the node handles one message after the other, and takes
  /// the time of all that lie on it over each.
  virtual void slow(NodeId node, Slowness& by) = 0;
  virtual void unslow(NodeId node, Slowness& by) = 0;

  /// Makes the timers of a node run `factor` times as fast, or no longer. Several factors multiply.
  virtual void skew(NodeId node, double factor) = 0;
  virtual void unskew(NodeId node, double factor) = 0;
};

}  // namespace hearsay::faults
