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
#include <span>
#include <tuple>
#include <vector>

#include "base/arrival.hpp"
#include "base/batch.hpp"
#include "base/ids.hpp"
#include "base/pool.hpp"
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

  /// Nodes learned a version, each `offset` after `base`, in order of time and no earlier than any before
  /// them: their rounds are to come.
  void learned(Tick base, std::span<const Arrival> of_one);

  /// The same for one of them, at `at`.
  void learned(Slot slot, NodeId node, Tick at) {
    const Arrival learning(0, slot, node);
    learned(at, {&learning, 1});
  }

  /// When the next round is due; kNever: none is to come.
  Tick next() const { return next_.empty() ? kNever : std::get<Tick>(next_.top()); }

  /// Which round is due next, if any.
  RoundOf due_next() const { return {std::get<1>(next_.top()), std::get<2>(next_.top())}; }

  /// How long after a learning the round comes.
  Duration offset(Round round) const { return schedule_.first + (round - 1) * schedule_.interval; }

  /// Takes wakes of the round that is due next, those due at `until` or before, in order of time and as far
  /// as the batch has room: of each a burst. Needs next() <= until.
  void take(Tick until, Batch& batch);

  /// Tells `visit` of every learning that rounds are to come of: (slot, node, when it learned, the next
  /// round).
  template <typename Visit>
  void each_to_come(Visit visit) const;

  /// Whether rounds of this version are to come for a node that `wakes`, asked as (node, when it learned).
  template <typename Wakes>
  bool pending(Slot slot, Wakes wakes) const {
    const Log& log = logs_[slot];
    for (Place place = log.oldest(schedule_.rounds); place != log.end; place = log.after(place))
      if (wakes(log.node(place), log.at(place))) return true;
    return false;
  }

 private:
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
    friend auto operator<=>(const Place&, const Place&) = default;
  };

  struct Log {
    std::vector<Chunk*> chunks;
    std::uint32_t gone = 0;  // how many of the first ones are given back: no round of theirs is to come
    Place end;               // of the next learning
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
  static std::uint32_t take(const Chunk& chunk, std::uint32_t first, std::uint32_t end, Duration offset,
                            Tick until, const Batch::Room& room);
  static std::size_t append(Log& log, Tick base, std::span<const Arrival> learnings);
  void add_chunk(Log& log, Tick base);
  void follow(Log& log, RoundOf taken, Place begin);
  void drop_done(Log& log);
  void pass_closed();
  Tick due(Tick learned, Round round) const { return learned + offset(round); }

  gossip::Schedule schedule_;
  std::deque<Log> logs_;  // by slot
  Pool<Chunk> pool_;
  std::priority_queue<Due, std::vector<Due>, std::greater<>> next_;
};

template <typename Visit>
void Rounds::each_to_come(Visit visit) const {
  for (Slot slot = 0; slot < logs_.size(); ++slot) {
    const Log& log = logs_[slot];
    auto round = static_cast<Round>(log.cursors.size());
    for (Place place = log.oldest(schedule_.rounds); place != log.end; place = log.after(place)) {
      while (round > 0 && log.cursors[round - 1] <= place) --round;
      if (round < schedule_.rounds) visit(slot, log.node(place), log.at(place), round + 1);
    }
  }
}

}  // namespace hearsay::core
