#pragma once

// All faults of a scenario, in file order, with the evidence of each.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "faults/fault.hpp"
#include "faults/selection.hpp"
#include "faults/window.hpp"
#include "measure/outcome.hpp"

namespace hearsay::faults {

class Layer {
 public:
  Layer(const std::vector<scenario::Fault>& faults, std::uint64_t seed, NodeId nodes);

  /// Judges a sealed and addressed batch by every fault in turn; each sees what those before it let go on.
  /// Returns whether one that delays hit any message.
  bool judge(Batch& batch);

  /// The next instant at which a fault acts on nodes; kNever: none does any more.
  Tick next_action() const;

  /// Whether a fault may still take nodes down.
  bool may_kill() const;

  /// Acts on nodes as due at `now` or before: first what heals, then what hits. A node fault that acts while
  /// a version is unsettled has hit.
  void act(Tick now, NodeControl& control, bool unsettled);

  /// A version is unsettled from now on: node faults that still act have hit, too.
  void unsettled();

  /// In file order, of a run that ended at `end`.
  std::vector<measure::Evidence> evidence(Tick end) const;

 private:
  struct MessageRule {
    std::unique_ptr<MessageFault> fault;
    std::size_t index;  // in the file
    Window window;
    Selection from;
    Selection to;
  };
  struct NodeRule {
    std::unique_ptr<NodeFault> fault;
    std::size_t index;
    bool counted = true;  // what it did last has hit
  };

  std::uint64_t judge(Batch& batch, MessageRule& rule);
  std::uint64_t mark(const Batch& batch, MessageRule& rule);
  bool mark_senders(const Batch& batch, MessageRule& rule);
  void mark_receivers(std::span<const NodeId> to, Selection& wanted, std::span<std::uint8_t> marks);

  std::vector<MessageRule> message_rules_;
  std::vector<NodeRule> node_rules_;
  std::vector<measure::Evidence> evidence_;
  std::vector<Tick> opens_;            // when each fault first opens
  std::vector<std::uint8_t> senders_;  // by burst: 1 if it is sent in the window and from whom the rule means
  std::vector<std::uint64_t> openings_;  // by burst: into which opening of the window it falls
  Eligible eligible_;
};

}  // namespace hearsay::faults
