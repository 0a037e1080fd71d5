#include "core/rounds.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <deque>
#include <map>
#include <utility>
#include <vector>

#include "base/check.hpp"

namespace hearsay::core {
namespace {

/// Whether rounds of the version are to come, all nodes being up.
bool pending(const Rounds& rounds, Slot slot) {
  return rounds.pending(slot, [](NodeId, Tick) { return true; });
}

constexpr std::uint32_t kAny = Batch::kMostBursts;

/// What a round took.
struct Woken {
  struct Wake {
    NodeId node;
    Tick learned;
    Tick due;
  };

  Slot slot;
  Round round;
  std::vector<Wake> wakes;
};

Woken take(Rounds& rounds, Tick until, std::uint32_t most) {
  const RoundOf due = rounds.due_next();
  Woken woken{due.slot, due.round, {}};
  static Batch batch;
  batch.start(due.slot, 1, due.round, Batch::kMostMessages / most);
  EXPECT_EQ(batch.room().from.size(), most);
  rounds.take(until, batch);
  for (std::uint32_t i = 0; i < batch.bursts(); ++i)
    woken.wakes.push_back({batch.from()[i], batch.at()[i] - rounds.offset(due.round), batch.at()[i]});
  return woken;
}

TEST(Rounds, FollowLearningAtTheirOffsets) {
  Rounds rounds({.first = 5, .interval = 10, .rounds = 3});
  rounds.open();
  EXPECT_EQ(rounds.next(), kNever);
  EXPECT_FALSE(pending(rounds, 0));
  rounds.learned(0, 7, 100);
  for (Round round = 1; round <= 3; ++round) {
    EXPECT_TRUE(pending(rounds, 0));
    ASSERT_EQ(rounds.next(), 95 + 10 * static_cast<Tick>(round));
    const Woken woken = take(rounds, rounds.next(), kAny);
    EXPECT_EQ(woken.round, round);
    ASSERT_EQ(woken.wakes.size(), 1U);
    EXPECT_EQ(woken.wakes[0].node, 7U);
    EXPECT_EQ(woken.wakes[0].learned, 100);
    EXPECT_EQ(woken.wakes[0].due, 95 + 10 * static_cast<Tick>(round));
  }
  EXPECT_FALSE(pending(rounds, 0));
  EXPECT_EQ(rounds.next(), kNever);
}

TEST(Rounds, NoneAreDueWhenThereAreNone) {
  Rounds rounds({.first = 5, .interval = 10, .rounds = 0});
  rounds.open();
  rounds.learned(0, 7, 100);
  EXPECT_EQ(rounds.next(), kNever);
  EXPECT_FALSE(pending(rounds, 0));
}

TEST(Rounds, TheFirstMayComeAtOnce) {
  Rounds rounds({.first = 0, .interval = 10, .rounds = 2});
  rounds.open();
  rounds.learned(0, 7, 100);
  EXPECT_EQ(rounds.next(), 100);
}

TEST(Rounds, NothingIsTakenBeforeItIsDue) {
  Rounds rounds({.first = 5, .interval = 10, .rounds = 1});
  rounds.open();
  rounds.learned(0, 7, 100);
  EXPECT_THROW(take(rounds, 104, kAny), Bug);
}

/// A queue of wakes for each version and round.
class PlainRounds {
 public:
  explicit PlainRounds(const gossip::Schedule& schedule) : schedule_(schedule) {}

  void learned(Slot slot, NodeId node, Tick at) {
    for (Round round = 1; round <= schedule_.rounds; ++round)
      queues_[{slot, round}].push_back({node, at, at + schedule_.first + (round - 1) * schedule_.interval});
  }

  Tick next() const {
    Tick next = kNever;
    for (const auto& [key, queue] : queues_)
      if (!queue.empty()) next = std::min(next, queue.front().due);
    return next;
  }

  bool pending(Slot slot) const {
    return std::ranges::any_of(
        queues_, [slot](const auto& entry) { return entry.first.first == slot && !entry.second.empty(); });
  }

  void expect_taken(Tick until, const Woken& woken) {
    std::deque<Woken::Wake>& queue = queues_.at({woken.slot, woken.round});
    RC_ASSERT(woken.wakes.at(0).due == next());
    for (const Woken::Wake& wake : woken.wakes) {
      RC_ASSERT(wake.node == queue.front().node);
      RC_ASSERT(wake.learned == queue.front().learned);
      RC_ASSERT(wake.due == queue.front().due);
      RC_ASSERT(wake.due <= until);
      queue.pop_front();
    }
  }

 private:
  gossip::Schedule schedule_;
  std::map<std::pair<Slot, Round>, std::deque<Woken::Wake>> queues_;
};

RC_GTEST_PROP(Rounds, AreThoseOfPlainQueues, ()) {
  constexpr Slot kSlots = 3;
  const gossip::Schedule schedule = {.first = *rc::gen::inRange(0, 5),
                                     .interval = *rc::gen::inRange(1, 5),
                                     .rounds = *rc::gen::inRange(0U, 4U)};
  Rounds rounds(schedule);
  PlainRounds plain(schedule);
  for (Slot slot = 0; slot < kSlots; ++slot) rounds.open();
  const int steps = *rc::gen::inRange(1, 60);
  Tick now = 0;
  for (int step = 0; step < steps; ++step) {
    now += *rc::gen::inRange(0, 4);
    if (*rc::gen::arbitrary<bool>()) {
      const auto slot = *rc::gen::inRange<Slot>(0, kSlots);
      std::vector<Arrival> learnings;
      std::uint32_t offset = 0;
      for (int left = *rc::gen::inRange(1, 4); left > 0; --left) {
        learnings.emplace_back(offset, slot, *rc::gen::inRange<NodeId>(0, 100));
        plain.learned(slot, learnings.back().to(), now + offset);
        offset += *rc::gen::inRange(0U, 3U);
      }
      rounds.learned(now, learnings);
      now += learnings.back().offset();
    }
    if (rounds.next() <= now) {
      const auto most = *rc::gen::inRange(1U, 5U);
      const Woken woken = take(rounds, now, most);
      RC_ASSERT(woken.wakes.size() <= most);
      plain.expect_taken(now, woken);
    }
    RC_ASSERT(rounds.next() == plain.next());
    for (Slot slot = 0; slot < kSlots; ++slot) RC_ASSERT(pending(rounds, slot) == plain.pending(slot));
  }
}

// Learnings are kept in chunks, each of which reaches 19 hours; rounds hours apart outlive many of them.
TEST(Rounds, OfLearningsDaysApartAllCome) {
  Rounds rounds({.first = kHour, .interval = 10 * kHour, .rounds = 4});
  rounds.open();
  constexpr NodeId kNodes = 600;
  for (NodeId node = 0; node < kNodes; ++node) {
    rounds.learned(0, node, node * kHour);
    while (rounds.next() <= node * kHour) take(rounds, node * kHour, 7);
  }
  std::size_t left = 0;
  while (rounds.next() != kNever) left += take(rounds, kNever - 1, 7).wakes.size();
  // By the last learning, at hour 599, rounds 1 to 4 of those at hour 598, 588, 578 and 568 had come.
  EXPECT_EQ(left, 1U + 11U + 21U + 31U);
  EXPECT_FALSE(pending(rounds, 0));
}

TEST(Rounds, AClosedVersionHasNone) {
  Rounds rounds({.first = 5, .interval = 10, .rounds = 2});
  rounds.open();
  rounds.open();
  rounds.learned(0, 7, 100);
  rounds.learned(1, 8, 102);
  rounds.close(0);
  EXPECT_EQ(rounds.next(), 107);
  EXPECT_FALSE(pending(rounds, 0));
  EXPECT_EQ(take(rounds, 107, kAny).slot, 1U);
}

}  // namespace
}  // namespace hearsay::core
