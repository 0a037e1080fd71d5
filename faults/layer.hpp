#pragma once

// All faults of a scenario, in file order, with the evidence of each.

#include <cstdint>
#include <memory>
#include <vector>

#include "faults/effects.hpp"
#include "faults/fault.hpp"
#include "faults/message_rule.hpp"
#include "measure/outcome.hpp"

namespace hearsay::faults {

class Layer {
 public:
  Layer(const std::vector<scenario::Fault>& faults, std::uint64_t seed, NodeId nodes);

  /// Judges a sealed and addressed batch by every fault in turn; each sees what those before it let go on.
  /// Returns whether one that delays hit any message.
  bool judge(Batch& batch) { return judge(batch, 0); }

  /// Copies that faults made of what was judged, judged by the faults that come after; null: there are none
  /// left. Good until the next call.
  Batch* next_copies();

  /// Versions entered, or settled: there are faults that must know.
  void opened(Slot slot, Version version) { effects_.opened(slot, version); }
  void settled(Slot slot) { effects_.settled(slot); }

  /// Messages that are held, for who sends them.
  Holds& holds() { return effects_.holds(); }
  const Holds& holds() const { return effects_.holds(); }

  /// What the faults on messages that are open in first..last, all of it, need of the order of messages.
  Order order(Tick first, Tick last) const;

  /// After how long, at the least, a fault that is open at `at` does something by itself to a message.
  Duration acts_after(Tick at) const;

  /// The next instant after `at` at which a fault that needs order opens; kNever: none does.
  Tick next_order(Tick at) const;

  /// The next instant at which a fault acts on nodes; kNever: none does any more.
  Tick next_action() const;

  /// Whether a fault may still take nodes down.
  bool may_kill() const;

  /// Acts on nodes as due at `now` or before: first what heals, then what hits. A node fault that acts while
  /// a version is unsettled has hit.
  void act(Tick now, NodeControl& control, bool unsettled);

  /// A version is unsettled from now on: node faults that still act have hit, too.
  void unsettled();

  /// These faults and no others from now on. One that is as it was goes on as it was; what one that is gone,
  /// or another now, did to nodes is undone; what a new one would have done to nodes before `since` it does
  /// not do. What was seen of faults that are gone remains in the evidence. Throws InputError, which
  /// names the first fault for which there is no room, and changes nothing, when fates cannot tell so many
  /// apart.
  void replace(const std::vector<scenario::Fault>& faults, Tick since, NodeControl& control);

  /// In file order, of a run that ended at `end`.
  std::vector<measure::Evidence> evidence(Tick end) const;

 private:
  struct NodeRule {
    std::unique_ptr<NodeFault> fault;
    std::size_t at;  // its place in the evidence
    std::size_t index() const { return at; }
    bool counted = true;  // what it did last has hit
  };

  void add(const scenario::Fault& rule, Tick since);
  std::size_t find_evidence(const std::string& name) const;
  void refuse_more_than_fates(const std::vector<scenario::Fault>& faults) const;
  bool is_in_force(const scenario::Fault& rule) const;
  void retire(const MessageRule& rule);
  void put_in_order();
  bool judge(Batch& batch, std::size_t first_place);
  void find_open(Tick first, Tick last);

  std::uint64_t seed_;
  NodeId nodes_;
  std::vector<scenario::Fault> in_force_;
  std::vector<MessageRule> message_rules_;  // that are not off
  std::vector<std::size_t> ordered_;        // those of them that need order
  std::vector<NodeRule> node_rules_;
  std::vector<measure::Evidence> evidence_;  // by index of a rule; of messages, what rules that are gone saw
  std::vector<Tick> opens_;                  // when each fault first opens
  // From and until when no window opens or closes, and the rules that may be open then: no others need be
  // asked, however many there are.
  Tick open_from_ = kNever;
  Tick open_until_ = 0;
  std::vector<MessageRule*> open_;
  Effects effects_;
};

}  // namespace hearsay::faults
