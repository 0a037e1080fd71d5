#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/batch.hpp"
#include "faults/effects.hpp"
#include "faults/fault.hpp"
#include "faults/selection.hpp"
#include "faults/window.hpp"

namespace hearsay::faults {

/// A fault on messages, with what says which messages it is about, and the count of them.
class MessageRule {
 public:
  /// `index`: its place in the evidence.
  MessageRule(std::unique_ptr<MessageFault> fault, const Setting& setting, std::size_t index);

  /// Judges those messages of a batch that go on, match the selectors and are sent in the window. Returns how
  /// many were hit.
  std::uint64_t judge(Batch& batch, Effects& effects);

  std::size_t index() const { return index_; }

  /// Its place among the rules that judge one after the other.
  void stand_at(std::size_t place) { place_ = place; }
  std::size_t place() const { return place_; }
  const Window& window() const { return window_; }
  const MessageFault& fault() const { return *fault_; }
  Order order() const;

  /// Whether it draws, or remembers, something that all versions of a run share.
  bool shared() const;

  /// Whether it may hit only so many in all.
  bool limited() const;

  std::uint64_t eligible() const { return eligible_count_; }
  std::uint64_t hit() const { return hits_; }

  /// How many it may hit in all.
  std::uint64_t limit() const { return limit_; }
  static constexpr std::uint64_t kNoLimit = std::numeric_limits<std::uint64_t>::max();

 private:
  std::uint64_t mark(const Batch& batch, const Effects& effects);
  std::uint64_t hit(Batch& batch, std::uint64_t eligible, Effects& effects);
  std::uint64_t hit_one_by_one(Batch& batch, Effects& effects);
  Fate fate() const { return static_cast<Fate>(index_ + 1); }
  bool mark_senders(const Batch& batch);
  void mark_receivers(std::span<const NodeId> to, std::span<std::uint8_t> marks);

  std::unique_ptr<MessageFault> fault_;
  std::size_t index_;
  std::size_t place_ = 0;
  Window window_;
  Selection from_;
  Selection to_;
  bool narrows_;
  std::uint64_t limit_;
  std::uint64_t eligible_count_ = 0;
  std::uint64_t hits_ = 0;
  std::vector<std::uint8_t> senders_;  // by burst: 1 if it is sent in the window and from whom the rule means
  std::optional<std::uint64_t> whole_;   // into which opening of the window all of the batch falls
  std::vector<std::uint64_t> openings_;  // by burst: into which opening of the window it falls
  Eligible eligible_;
  Eligible one_;
};

}  // namespace hearsay::faults
