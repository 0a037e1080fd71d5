#pragma once

// What faults on messages do beside giving a fate and a delay.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <vector>

#include "base/batch.hpp"
#include "base/ids.hpp"
#include "base/random.hpp"
#include "faults/holds.hpp"

namespace hearsay::faults {

/// A version that has not settled.
struct OpenVersion {
  Slot slot;
  Version version;
};

/// Copies that faults made of the messages they judged, until those are judged by the faults that come after;
/// messages that faults hold; and what they must know for that.
class Effects {
 public:
  /// The faults from `rule` on are to judge the copies that are made now.
  void at(std::size_t rule) { next_rule_ = rule; }

  /// Makes copy `k` (1..) of the picked messages of `of`, of which there is at least one; `fault` is the key
  /// of the fault that wants it. Its number follows from that key, the number of `of` and k, so that it is
  /// the same whatever other faults there are. The caller may still change it.
  Batch& copy(const Batch& of, std::span<const std::uint8_t> picked, const Key& fault, std::uint32_t k);

  /// A batch of copies, and the first fault that is to judge it.
  struct Made {
    std::unique_ptr<Batch> batch;
    std::size_t next_rule = 0;
  };

  Holds& holds() { return holds_; }
  const Holds& holds() const { return holds_; }

  /// A version entered under the next slot, or settled.
  void opened(Slot slot, Version version) { open_.push_back({slot, version}); }
  void settled(Slot slot);

  /// The versions that entered before `slot` did and have not settled, in that order.
  std::span<const OpenVersion> opened_before(Slot slot) const;

  bool empty() const { return made_.empty(); }

  /// Takes the one that was made first. Good until the next call. There must be one.
  Made& take();

 private:
  std::size_t next_rule_ = 0;
  Holds holds_;
  std::vector<OpenVersion> open_;
  std::deque<Made> made_;
  Made taken_;
  std::vector<std::unique_ptr<Batch>> spare_;
};

}  // namespace hearsay::faults
