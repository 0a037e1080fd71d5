#pragma once

// Messages on their way, in columns: what a protocol sends, the fault layer judges and a world carries. One
// call handles a batch, so that the cost of the call is not that of a message.

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "base/check.hpp"
#include "base/ids.hpp"
#include "base/random.hpp"
#include "base/time.hpp"

namespace hearsay {

/// The fate of a message, as far as it is judged.
using Fate = std::uint8_t;
inline constexpr Fate kGoesOn = 0;    ///< other values but kAbsent: 1 + index of the fault that took it
inline constexpr Fate kAbsent = 255;  ///< there is no such message; in copies only

/// What faults did to a message beside its fate and its delay: bits.
using Marks = std::uint8_t;
inline constexpr Marks kGarbled = 1;     ///< what it says is no version any more
inline constexpr Marks kUnanswered = 2;  ///< it arrives, but its sender never hears of that
inline constexpr Marks kCut = 4;         ///< it was taken by cutting its connection in mid-request
inline constexpr Marks kHeld = 8;        ///< it waits for others to pass before it leaves

/// Up to capacity() bursts of one version in one round. Burst i is what `from[i]` sends at `at[i]`: one
/// message in each of the slots 0..fanout-1. A message's identity is (version, from, life, round, slot,
/// copy). To fill one: start, add each burst, seal; the columns of messages are there from then on.
///
/// A batch of copies has the bursts of another from which something was copied; where there is no copy of a
/// message, it is absent.
class Batch {
 public:
  static constexpr std::uint32_t kMostBursts = 256;
  static constexpr std::uint32_t kMostMessages = 1U << 16;  ///< unless one burst alone has more

  /// How many bursts of `fanout` messages a batch takes.
  static std::uint32_t capacity(std::uint32_t fanout) {
    return std::clamp(kMostMessages / fanout, 1U, kMostBursts);
  }

  /// Empties the batch and names what its bursts will have in common. fanout >= 1.
  void start(Slot slot, Version version, Round round, std::uint32_t fanout);

  /// Adds a burst, no earlier than any before it; there must be room.
  void add(NodeId from, Life life, Tick at) {
    HEARSAY_CHECK(!full(), "a batch holds no more bursts");
    from_[bursts_] = from;
    life_[bursts_] = life;
    at_[bursts_] = at;
    ++bursts_;
  }

  /// Room for bursts yet to be added, in columns.
  struct Room {
    std::span<NodeId> from;
    std::span<Tick> at;
  };
  Room room() {
    const std::uint32_t left = capacity_ - bursts_;
    return {{from_.data() + bursts_, left}, {at_.data() + bursts_, left}};
  }

  /// Adds the first `bursts` that were written into the room, all of a first life, none earlier than any
  /// before it.
  void take_in(std::uint32_t bursts) {
    std::fill_n(life_.data() + bursts_, bursts, 0U);
    bursts_ += bursts;
  }

  /// Drops those bursts of an unsealed batch that are marked: by burst, 1 or 0.
  void drop(std::span<const std::uint8_t> marks);

  /// Gives every burst its messages, not yet addressed, without delay, going on.
  void seal();

  /// Makes this the batch of copies `number` (not 0) of those messages of `of`, which are picked by a 1 in
  /// `picked`, laid out as the columns of `of` without any room between: at least one. Copies go on, with the
  /// delay and the marks that what they are copied from has so far, but are not held.
  void copy(const Batch& of, std::span<const std::uint8_t> picked, std::uint32_t number);

  /// Makes them messages of another version.
  void rename(Slot slot, Version version) {
    slot_ = slot;
    version_ = version;
  }

  bool empty() const { return bursts_ == 0; }
  bool full() const { return bursts_ == capacity_; }
  std::uint32_t bursts() const { return bursts_; }
  std::uint32_t fanout() const { return fanout_; }
  std::uint64_t messages() const { return std::uint64_t{bursts_} * fanout_ - absent_; }

  Slot slot() const { return slot_; }
  Version version() const { return version_; }
  Round round() const { return round_; }
  std::uint32_t copy() const { return copy_; }  ///< 0: originals
  std::uint64_t absent() const { return absent_; }

  std::span<const NodeId> from() const { return {from_.data(), bursts_}; }
  std::span<Life> life() { return {life_.data(), bursts_}; }
  std::span<const Life> life() const { return {life_.data(), bursts_}; }
  std::span<Tick> at() { return {at_.data(), bursts_}; }
  std::span<const Tick> at() const { return {at_.data(), bursts_}; }

  /// The columns of the messages in one slot, one entry a burst.
  std::span<NodeId> to(std::uint32_t slot) { return column(to_, slot); }
  std::span<const NodeId> to(std::uint32_t slot) const { return column(to_, slot); }
  std::span<std::uint32_t> delay(std::uint32_t slot) { return column(delay_, slot); }  ///< microseconds
  std::span<const std::uint32_t> delay(std::uint32_t slot) const { return column(delay_, slot); }
  std::span<Fate> fate(std::uint32_t slot) { return column(fate_, slot); }
  std::span<const Fate> fate(std::uint32_t slot) const { return column(fate_, slot); }

  /// 1 for a message that tells its receiver what it held already when this was looked up, else 0: by
  /// gossip::Population::look_up, before it nothing is said.
  std::span<std::uint8_t> known(std::uint32_t slot) { return column(known_, slot); }
  std::span<const std::uint8_t> known(std::uint32_t slot) const { return column(known_, slot); }

  /// Whether any message may have marks; without any, there is no column of them.
  bool marked() const { return marked_; }
  Marks marks(std::uint32_t slot, std::uint32_t burst) const {
    return marked_ ? marks_[std::size_t{slot} * stride_ + burst] : Marks{0};
  }
  void mark(std::uint32_t slot, std::uint32_t burst, Marks marks);

  /// Draws one word for every message under `key` (of a purpose or fault), by its identity.
  void draw(const Key& key);

  /// What `draw` drew.
  std::span<const std::uint32_t> drawn(std::uint32_t slot) const { return column(drawn_, slot); }

 private:
  template <typename T>
  std::span<T> column(std::vector<T>& all, std::uint32_t slot) {
    return {all.data() + std::size_t{slot} * stride_, bursts_};
  }
  template <typename T>
  std::span<const T> column(const std::vector<T>& all, std::uint32_t slot) const {
    return {all.data() + std::size_t{slot} * stride_, bursts_};
  }

  Slot slot_ = 0;
  Version version_ = 0;
  Round round_ = 0;
  std::uint32_t fanout_ = 1;
  std::uint32_t capacity_ = 0;
  std::uint32_t stride_ = 0;  // of columns: what Key::blocks may write
  std::uint32_t bursts_ = 0;
  std::uint32_t copy_ = 0;
  std::uint64_t absent_ = 0;
  bool marked_ = false;
  std::vector<NodeId> from_;
  std::vector<Life> life_;
  std::vector<Tick> at_;
  std::vector<NodeId> to_;
  std::vector<std::uint32_t> delay_;
  std::vector<Fate> fate_;
  std::vector<std::uint8_t> known_;
  std::vector<Marks> marks_;  // of use if marked_
  std::vector<std::uint32_t> drawn_;
};

}  // namespace hearsay
