// The calendar of arrivals against a plain list of them.

#include "sim/queue.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <tuple>
#include <vector>

#include "tests/support/sanitized.hpp"

namespace hearsay::sim {
namespace {

using Due = std::tuple<Tick, Slot, NodeId>;

void push(Queue& queue, Tick due, NodeId to) {
  const core::Flight flight = {due, to};
  queue.push(to % 7, {&flight, 1});
}

std::vector<Due> taken(Queue& queue, Tick last) {
  std::vector<Due> all;
  for (const auto arrivals : queue.take(last))
    for (const Arrival arrival : arrivals)
      all.emplace_back(queue.begin_of(last) + arrival.offset(), arrival.slot(), arrival.to());
  std::sort(all.begin(), all.end());
  return all;
}

/// Goes on in steps as a world does, each within one window, and pushes as it goes.
class Trial {
 public:
  Trial(unsigned window_bits, std::uint64_t seed) : queue_(window_bits), random_(seed) {}

  void go(int steps) {
    for (int step = 0; step < steps; ++step) {
      push_some();
      const Tick next = queue_.next();
      EXPECT_LE(next, awaited_.empty() ? kNever : std::get<Tick>(awaited_.front()));
      if (next == kNever) continue;
      const Tick begin = std::max(now_, next);
      take(number(0, 1) == 0 ? queue_.end_of(begin) : begin + number(0, queue_.end_of(begin) - begin));
    }
  }

 private:
  Tick number(Tick least, Tick most) {
    return least + static_cast<Tick>(random_() % static_cast<std::uint64_t>(most - least + 1));
  }

  void push_some() {
    for (Tick left = number(0, 3); left > 0; --left) {
      const Tick delay = number(0, number(0, 9) == 0 ? 3'000'000 : 100);
      const auto to = static_cast<NodeId>(number(0, 1'000));
      push(queue_, now_ + delay, to);
      awaited_.emplace_back(now_ + delay, to % 7, to);
    }
    std::sort(awaited_.begin(), awaited_.end());
  }

  void take(Tick last) {
    const auto end = std::upper_bound(awaited_.begin(), awaited_.end(), Due(last, kMaxVersions, 0));
    EXPECT_EQ(taken(queue_, last), std::vector<Due>(awaited_.begin(), end));
    awaited_.erase(awaited_.begin(), end);
    now_ = last + 1;
  }

  Queue queue_;
  std::mt19937_64 random_;
  std::vector<Due> awaited_;
  Tick now_ = 0;
};

TEST(SimQueue, GivesEachArrivalOnceAndInTime) {
  for (const unsigned bits : {0U, 1U, 3U, 6U, 10U, 16U})
    for (std::uint64_t seed = 1; seed <= (testing::kSanitized ? 3 : 20); ++seed) {
      Trial(bits, seed).go(1'000);
      ASSERT_FALSE(::testing::Test::HasFailure()) << bits << " bits, seed " << seed;
    }
}

TEST(SimQueue, AWindowTakenInPartsGivesItsPartsInTurn) {
  Queue queue(4);
  for (const NodeId to : {3U, 1U, 2U}) push(queue, to, to);
  EXPECT_EQ(taken(queue, 1), std::vector<Due>({{1, 1, 1}}));
  push(queue, 5, 5);
  EXPECT_EQ(queue.next(), 2);
  EXPECT_EQ(taken(queue, 2), std::vector<Due>({{2, 2, 2}}));
  EXPECT_EQ(taken(queue, 15), std::vector<Due>({{3, 3, 3}, {5, 5, 5}}));
  EXPECT_EQ(queue.next(), kNever);
}

TEST(SimQueue, ManyOfOneWindowAndManyWindows) {
  Queue queue(10);
  std::vector<Due> awaited;
  for (NodeId to = 0; to < 5'000; ++to) {
    push(queue, 700 + to % 2 * 100'000'000, to);
    if (to % 2 == 0) awaited.emplace_back(700, to % 7, to);
  }
  std::sort(awaited.begin(), awaited.end());
  EXPECT_EQ(taken(queue, 1'023), awaited);
  const Tick due = 100'000'700;
  EXPECT_LE(queue.next(), due);
  EXPECT_EQ(taken(queue, queue.end_of(due)).size(), 2'500U);
}

}  // namespace
}  // namespace hearsay::sim
