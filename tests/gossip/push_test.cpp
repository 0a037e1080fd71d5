#include "gossip/push.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "tests/gossip/addressed.hpp"
#include "tests/support/exact_binomial.hpp"
#include "tests/support/uniformity.hpp"

namespace hearsay::gossip {
namespace {

using testing::kFalseAlarm;
using testing::uniform_p_value;

Push push_of(NodeId nodes, std::uint64_t seed = 1) { return Push(seed, {.nodes = nodes}); }

TEST(Push, ItsFanoutIsThatOfRoundsAndThatOfPublishes) {
  const Push push(1, {.nodes = 10, .fanout = 4, .publish_fanout = 2});
  EXPECT_EQ(push.fanout(0), 2U);
  EXPECT_EQ(push.fanout(1), 4U);
  EXPECT_EQ(push.fanout(5), 4U);
}

TEST(Push, AGreaterFanoutKeepsTheTargetsOfASmallerOne) {
  Push push = push_of(20);
  for (NodeId from = 0; from < 20; ++from) {
    const Targets most = targets_of(push, {.from = from}, {.fanout = 20});
    for (std::uint32_t fanout = 1; fanout < 20; ++fanout)
      EXPECT_EQ(targets_of(push, {.from = from}, {.fanout = fanout}),
                Targets(most.begin(), most.begin() + fanout));
  }
}

TEST(Push, AFanoutOfAllNodesReachesEachOnce) {
  for (const NodeId nodes : {1U, 2U, 7U, 64U, 300U}) {
    Push push = push_of(nodes);
    Targets targets = targets_of(push, {.from = 0}, {.fanout = nodes});
    Targets everyone(nodes);
    std::iota(everyone.begin(), everyone.end(), 0U);
    EXPECT_TRUE(std::ranges::is_permutation(targets, everyone)) << nodes << " nodes";
  }
}

TEST(Push, AnotherSeedVersionRoundSenderOrLifeHasOtherTargets) {
  Push push = push_of(1'000'000);
  Push other = push_of(1'000'000, 2);
  const testing::Common common{.fanout = 3};
  const std::set<Targets> all = {targets_of(push, {.from = 5}, common),
                                 targets_of(other, {.from = 5}, common),
                                 targets_of(push, {.from = 5}, {.fanout = 3, .version = 2}),
                                 targets_of(push, {.from = 5}, {.fanout = 3, .round = 2}),
                                 targets_of(push, {.from = 6}, common),
                                 targets_of(push, {.from = kInitiator}, common),
                                 targets_of(push, {.from = 5, .life = 1}, common)};
  EXPECT_EQ(all.size(), 7U);
}

/// How often each ordered choice of `fanout` out of `nodes` is drawn, by its number; impossible ones left
/// out.
std::vector<std::uint64_t> choices(NodeId nodes, std::uint32_t fanout, Version versions) {
  Push push = push_of(nodes);
  std::vector<std::uint64_t> counts(static_cast<std::size_t>(std::pow(nodes, fanout)));
  std::vector<testing::Burst> bursts;
  for (NodeId node = 0; node < nodes; ++node) bursts.push_back({.from = node});
  for (Version version = 1; version <= versions; ++version) {
    const Batch batch = addressed(push, bursts, {.fanout = fanout, .version = version});
    for (NodeId node = 0; node < nodes; ++node) {
      std::size_t number = 0;
      for (const NodeId target : targets_in(batch, node)) number = number * nodes + target;
      ++counts[number];
    }
  }
  std::erase(counts, 0U);
  return counts;
}

// Were one of the 720 choices a third likelier than the others, or one target in one place by a twentieth,
// this would fail almost surely.
TEST(PushStatistics, EveryOrderedChoiceOfTargetsIsEquallyLikely) {
  const auto counts = choices(10, 3, 40'000);
  EXPECT_EQ(counts.size(), 10U * 9 * 8);
  EXPECT_GT(uniform_p_value(counts), kFalseAlarm);
}

TEST(PushStatistics, EveryOrderOfAllNodesIsEquallyLikely) {
  const auto counts = choices(5, 5, 20'000);
  EXPECT_EQ(counts.size(), 5U * 4 * 3 * 2);
  EXPECT_GT(uniform_p_value(counts), kFalseAlarm);
}

/// How often the last of five targets of two bursts are how far apart, on a ring of ten nodes.
std::vector<std::uint64_t> distances(const testing::Burst& one, Round round, const testing::Burst& other,
                                     Round other_round) {
  Push push = push_of(10);
  std::vector<std::uint64_t> counts(10);
  for (Version version = 1; version <= 20'000; ++version) {
    const Targets these = targets_of(push, one, {.fanout = 5, .version = version, .round = round});
    const Targets those = targets_of(push, other, {.fanout = 5, .version = version, .round = other_round});
    ++counts[(10 + these.back() - those.back()) % 10];
  }
  return counts;
}

// Two in five of these targets are drawn again, since an earlier slot has theirs. Were that done alike in two
// bursts, they would be the same half as often again.
TEST(PushStatistics, RoundsLivesAndSendersChooseIndependently) {
  const testing::Burst node{.from = 1};
  EXPECT_GT(uniform_p_value(distances(node, 1, node, 2)), kFalseAlarm);
  EXPECT_GT(uniform_p_value(distances(node, 1, {.from = 2}, 1)), kFalseAlarm);
  EXPECT_GT(uniform_p_value(distances(node, 1, {.from = 1, .life = 1}, 1)), kFalseAlarm);
}

TEST(Push, TheSenderIsNotExcluded) {
  Push push = push_of(10);
  std::uint64_t to_itself = 0;
  for (Version version = 1; version <= 1000; ++version)
    to_itself += std::ranges::count(targets_of(push, {.from = 4}, {.fanout = 3, .version = version}), 4U) > 0;
  EXPECT_GT(testing::two_sided_p_value(to_itself, 1000, 0.3), kFalseAlarm);
}

// Runs are repeated and compared across machines and versions of the program.
TEST(Push, TargetsAreFixed) {
  Push push = push_of(50, 7);
  EXPECT_EQ(targets_of(push, {.from = kInitiator}, {.fanout = 5, .version = 1, .round = 0}),
            (Targets{15, 10, 23, 12, 20}));
  EXPECT_EQ(targets_of(push, {.from = 3, .life = 2}, {.fanout = 5, .version = 9, .round = 4}),
            (Targets{29, 18, 32, 21, 35}));
}

}  // namespace
}  // namespace hearsay::gossip
