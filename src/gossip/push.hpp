#pragma once

#include <vector>

#include "base/bits.hpp"
#include "base/parameter.hpp"
#include "base/random.hpp"
#include "base/sparse.hpp"
#include "gossip/population.hpp"

namespace hearsay::gossip {

struct PushParameters {
  NodeId nodes = 1;
  std::uint32_t fanout = 1;          ///< 1..nodes
  std::uint32_t publish_fanout = 1;  ///< 1..nodes
  Schedule schedule = {};
};

/// Push gossip ("infect for a fixed number of rounds"): a node that learns a version sends it, in each of its
/// rounds, to `fanout` distinct uniformly random nodes of all, itself not excluded.
class Push final : public Population {
 public:
  Push(std::uint64_t seed, const PushParameters& parameters);

  Schedule schedule() const override { return parameters_.schedule; }
  std::uint32_t fanout(Round round) const override {
    return round == 0 ? parameters_.publish_fanout : parameters_.fanout;
  }
  void open(Version version) override;
  void close(Slot slot) override;
  void address(Batch& batch) override;
  void look_up(Batch& batch) const override;
  std::size_t sift(std::span<const Arrival> arrivals, Arrival* unheld) const override;
  std::size_t receive(std::span<Arrival> arrivals) override;
  void wipe(NodeId node) override;
  bool holds(NodeId node, Slot slot) const override { return held_[slot].test(node); }
  Life life(NodeId node) const override { return lives_[node]; }

 private:
  void find_clashes(const Batch& batch);
  void separate(Batch& batch, std::uint32_t burst, const Key& versioned);

  PushParameters parameters_;
  Key targets_;
  UniformBelow any_node_;
  std::vector<Bits> held_;  // by slot, one bit a node; empty once closed
  std::vector<Slot> open_;  // those not closed
  Sparse<Life> lives_;
  std::vector<std::uint32_t> clash_;  // by burst: whether a target was drawn twice, or must be drawn again
  std::vector<Arrival> spare_;
  Bits taken_;  // targets of the burst that is being separated; without room until one is
};

/// What `hearsay list protocols` says of it.
const Declaration& push_declaration();

}  // namespace hearsay::gossip
