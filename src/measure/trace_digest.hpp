#pragma once

// The digest of a trace: the sum modulo 2^128 of a keyed hash of each event. What many events have in common
// is hashed once, and becomes the key under which the rest of each is hashed, with few multiplications: that
// of a burst for its messages; that of a kind of event, a version, a life and some time for the nodes to
// which it happens.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/arrival.hpp"
#include "base/batch.hpp"
#include "base/digest.hpp"
#include "measure/event.hpp"

namespace hearsay::measure {

class TraceDigest {
 public:
  /// `faults` are the names of those that fates stand for: the digest knows them by their names, so that
  /// others may come and go.
  explicit TraceDigest(const std::vector<std::string>& faults);

  /// All messages of a judged batch left.
  void sent(const Batch& batch);

  /// Those messages of a batch that are picked are taken in, at `latest` or before: `picked` has a 1 for
  /// each, laid out as the columns of the batch without any room between.
  void delivered(const Batch& batch, std::span<const std::uint8_t> picked, Tick latest);

  /// The same happened to nodes, each `offset` after `base` and none of them later than `latest` after it.
  void happened(Event::Kind kind, Version version, Life life, Tick base, std::span<const Arrival> to,
                std::uint32_t latest);

  /// Any other event than a send happened.
  void happened(const Event& event);

  const Digest& digest() const { return digest_; }

 private:
  using Column = std::array<std::uint32_t, Batch::kMostBursts>;

  void find_words(std::span<const Fate> fate, std::span<const std::uint32_t> delay);
  void look_up(std::span<const Fate> fate);
  void delivered_one_by_one(const Batch& batch, std::span<const std::uint8_t> picked);
  void add_marks(const Batch& batch, std::uint32_t index);

  Digest digest_;
  std::vector<std::uint32_t> named_;  // by fate - 1: a hash of the fault's name
  std::array<Column, 4> keys_;        // by burst, for the messages of a batch: parts of a hash of the burst
  Column words_;                      // by burst, for a column of messages: what became of each
};

}  // namespace hearsay::measure
