#pragma once

// The rounds to come. A protocol's rounds follow learning at constant offsets, so they are no events: for
// each version there is one log of who learned it when, in order of time, and one cursor a round walks it.
// A learning takes 8 bytes as long as its last round is to come.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <queue>
#include <tuple>
#include <vector>

#include "base/check.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"
#include "gossip/population.hpp"

namespace hearsay::core {

/// A round of a version.
struct RoundOf {
  Slot slot;
  Round round;
};

class Rounds {
 public:
  explicit Rounds(const gossip::Schedule& schedule) : schedule_(schedule) {}

  /// A version enters under the next slot.
  void open() { logs_.emplace_back(); }

  /// No round of the version is to come, nor will any node learn it.
  void close(Slot slot);

  /// A node learned a version, no earlier than any before it: its rounds are to come.
  void learned(Slot slot, NodeId node, Tick at);

  /// When the next round is due; kNever: none is to come.
  Tick next() const { return next_.empty() ? kNever : std::get<Tick>(next_.top()); }

  /// Which round is due next, if any.
  RoundOf due_next() const { return {std::get<1>(next_.top()), std::get<2>(next_.top())}; }

  /// Takes up to `most` wakes of the round that is due next, those due at `until` or before, in order of
  /// time: tells `wake` of each (node, when it learned, when it is due). Needs next() <= until.
  template <typename Wake>
  void take(Tick until, std::size_t most, Wake wake);

  /// Whether rounds of this version are to come for a node that `wakes`, asked as (node, when it learned).
  template <typename Wakes>
  bool pending(Slot slot, Wakes wakes) const {
    const Log& log = logs_[slot];
    for (Place place = log.oldest(schedule_.rounds); place != log.end; place = log.after(place))
      if (wakes(log.node(place), log.at(place))) return true;
    return false;
  }

 private:
  static constexpr int kNodeBits = 28;

  /// Learnings, each packed as (microseconds after the first one) << 28 | node; full when it has no room left
  /// or a learning is too far from the first one.
  struct Chunk {
    static constexpr std::uint32_t kRoom = 254;

    Tick base = 0;
    std::uint32_t size = 0;
    std::array<std::uint64_t, kRoom> learnings;
  };

  /// One past the last learning of a chunk is the first one of the next.
  struct Place {
    std::uint32_t chunk = 0;
    std::uint32_t index = 0;
    friend bool operator==(const Place&, const Place&) = default;
  };

  struct Log {
    std::vector<std::unique_ptr<Chunk>> chunks;  // null where no round of any learning is to come
    std::uint32_t gone = 0;                      // how many of the first ones are null
    Place end;                                   // of the next learning
    // By round - 1, as far as rounds have begun: the place of the learning that wakes next. None is ahead of
    // the one before it, and each that is behind it, the first one behind the end, has its place in `next_`.
    std::vector<Place> cursors = {{}};
    bool closed = false;

    const Chunk& chunk(Place place) const { return *chunks[place.chunk]; }
    NodeId node(Place place) const;
    Tick at(Place place) const;
    Place after(Place place) const;
    Place oldest(std::uint32_t rounds) const {
      return cursors.size() < rounds ? Place{gone, 0} : cursors.back();
    }
  };
  using Due = std::tuple<Tick, Slot, Round>;

  static void end_chunk(Log& log);
  void append(Log& log, NodeId node, Tick at);
  void add_chunk(Log& log, Tick base);
  void follow(Log& log, RoundOf taken, Place begin);
  void drop_done(Log& log);
  void pass_closed();
  Tick due(Tick learned, Round round) const {
    return learned + schedule_.first + (round - 1) * schedule_.interval;
  }

  gossip::Schedule schedule_;
  std::deque<Log> logs_;  // by slot
  std::vector<std::unique_ptr<Chunk>> spare_;
  std::priority_queue<Due, std::vector<Due>, std::greater<>> next_;
};

template <typename Wake>
void Rounds::take(Tick until, std::size_t most, Wake wake) {
  HEARSAY_CHECK(next() <= until, "no round is due");
  const RoundOf taken = due_next();
  next_.pop();
  Log& log = logs_[taken.slot];
  const Place begin = log.cursors[taken.round - 1];
  const Place end = taken.round == 1 ? log.end : log.cursors[taken.round - 2];
  const Duration offset = due(0, taken.round);
  Place place = begin;
  for (bool more = true; more && most > 0 && place != end;) {
    const Chunk& chunk = log.chunk(place);
    const std::uint32_t size = place.chunk == end.chunk ? end.index : chunk.size;
    const auto stop = static_cast<std::uint32_t>(std::min<std::size_t>(size, place.index + most));
    most -= stop - place.index;
    for (; more && place.index < stop; place.index += more) {
      const std::uint64_t learning = chunk.learnings[place.index];
      const Tick learned = chunk.base + static_cast<Duration>(learning >> kNodeBits);
      more = learned + offset <= until;
      if (more) wake(static_cast<NodeId>(learning & (kMaxNodes - 1)), learned, learned + offset);
    }
    if (place != end && place.index == chunk.size) place = {place.chunk + 1, 0};
  }
  log.cursors[taken.round - 1] = place;
  if (place != end) next_.emplace(log.at(place) + offset, taken.slot, taken.round);
  if (taken.round < schedule_.rounds)
    follow(log, taken, begin);
  else
    drop_done(log);
  pass_closed();
}

}  // namespace hearsay::core
