#pragma once

#include "core/nodes.hpp"
#include "core/wakes.hpp"
#include "core/world.hpp"
#include "faults/node_control.hpp"
#include "gossip/population.hpp"
#include "measure/ledger.hpp"

namespace hearsay::core {

/// What is done to nodes, told to all whom it concerns.
class NodeActions final : public faults::NodeControl {
 public:
  /// All of them must outlive it.
  NodeActions(Nodes& nodes, Wakes& wakes, gossip::Population& population, measure::Ledger& ledger,
              World& world)
      : nodes_(nodes), wakes_(wakes), population_(population), ledger_(ledger), world_(world) {}

  /// All that is done from now on is done at `now`.
  void begin(Tick now) { now_ = now; }

  bool is_up(NodeId node) const override { return nodes_.is_up(node); }
  bool kill(NodeId node, bool wipe) override;
  bool restart(NodeId node) override;
  void pause(NodeId node) override;
  void resume(NodeId node) override;
  void slow(NodeId node, faults::Slowness& by) override;
  void unslow(NodeId node, faults::Slowness& by) override;
  void skew(NodeId node, double factor) override;
  void unskew(NodeId node, double factor) override;

  /// All that is done at the instant is done.
  void end() { wakes_.retime(now_); }

 private:
  Nodes& nodes_;
  Wakes& wakes_;
  gossip::Population& population_;
  measure::Ledger& ledger_;
  World& world_;
  Tick now_ = 0;
};

}  // namespace hearsay::core
