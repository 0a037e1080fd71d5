#include "faults/selection.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "tests/support/uniformity.hpp"

namespace hearsay::faults {
namespace {

using scenario::Selector;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const Key kKey(1, "fault wifi");

Selection selection(const Selector& selector, NodeId nodes = 10, const Key& key = kKey,
                    std::string_view field = "from", std::uint64_t seed = 1) {
  static const scenario::Fault rule;
  return Selection(selector, Setting{rule, key, nodes, seed}, field);
}

Selector count(std::uint32_t number) { return {.kind = Selector::Kind::count, .count = number}; }
Selector share(double of_all) { return {.kind = Selector::Kind::share, .share = of_all}; }

TEST(Selection, EveryoneIncludesTheInitiator) {
  Selection everyone = selection({});
  EXPECT_TRUE(everyone.everyone());
  EXPECT_TRUE(everyone.matches(kInitiator, 0));
  EXPECT_TRUE(everyone.matches(9, 0));
  EXPECT_THAT(everyone.nodes(0), SizeIs(10));
}

TEST(Selection, TheInitiatorAlone) {
  Selection initiator = selection({.kind = Selector::Kind::initiator});
  EXPECT_TRUE(initiator.matches(kInitiator, 0));
  EXPECT_FALSE(initiator.matches(0, 0));
  EXPECT_THAT(initiator.nodes(0), IsEmpty());
}

TEST(Selection, RangesEndsIncludedWithoutTheInitiator) {
  Selection some = selection({.kind = Selector::Kind::ids, .ranges = {{1, 1}, {4, 6}}});
  EXPECT_THAT(some.nodes(0), ElementsAre(1, 4, 5, 6));
  EXPECT_THAT(some.nodes(5), ElementsAre(1, 4, 5, 6));
  EXPECT_FALSE(some.matches(kInitiator, 0));
  EXPECT_FALSE(some.random());
}

TEST(Selection, RandomOnesAreAsManyAsAskedWithoutTheInitiator) {
  for (std::uint32_t number = 1; number <= 10; ++number) {
    Selection some = selection(count(number));
    EXPECT_THAT(some.nodes(3), SizeIs(number));
    EXPECT_FALSE(some.matches(kInitiator, 3));
  }
}

TEST(Selection, AShareIsRoundedToNearestAndIsAtLeastOne) {
  EXPECT_THAT(selection(share(0.01), 10).nodes(0), SizeIs(1));
  EXPECT_THAT(selection(share(0.14), 10).nodes(0), SizeIs(1));
  EXPECT_THAT(selection(share(0.15), 10).nodes(0), SizeIs(2));
  EXPECT_THAT(selection(share(0.96), 10).nodes(0), SizeIs(10));
  EXPECT_THAT(selection(share(1), 7).nodes(0), SizeIs(7));
  EXPECT_THAT(selection(share(1.0 / 3), 50).nodes(0), SizeIs(17));
}

TEST(Selection, AShareMeansTheNodesThatTheSameCountMeans) {
  EXPECT_EQ(selection(share(0.3)).nodes(2), selection(count(3)).nodes(2));
}

Selector group(const char* name, std::uint32_t number) {
  return {.kind = Selector::Kind::ids, .groups = {{name, number, 0}}};
}

TEST(Selection, ARandomGroupIsTheSameForAllWhoNameItAndInEveryOpening) {
  const auto edge = selection(group("edge", 5), 100).nodes(0);
  EXPECT_THAT(edge, SizeIs(5));
  EXPECT_EQ(selection(group("edge", 5), 100).nodes(7), edge);
  EXPECT_EQ(selection(group("edge", 5), 100, Key(1, "fault other"), "to").nodes(3), edge);
  EXPECT_NE(selection(group("core", 5), 100).nodes(0), edge);
  EXPECT_NE(selection(group("edge", 5), 100, kKey, "from", 2).nodes(0), edge) << "of another run";
}

TEST(Selection, MayHaveGroupsAndIdsTogether) {
  Selector all = group("edge", 3);
  all.groups.push_back({"core", 0, 0.1});
  all.ranges = {{0, 9}};
  Selection some = selection(all, 100);
  std::set<NodeId> expected;
  for (NodeId node = 0; node < 10; ++node) expected.insert(node);
  for (const NodeId node : selection(group("edge", 3), 100).nodes(0)) expected.insert(node);
  for (const NodeId node : selection(group("core", 10), 100).nodes(0)) expected.insert(node);
  EXPECT_THAT(some.nodes(0), ::testing::ElementsAreArray(expected));
  EXPECT_TRUE(some.random());
  EXPECT_FALSE(some.matches(kInitiator, 0));
}

RC_GTEST_PROP(Selection, AGreaterCountContainsASmallerOne, (std::uint64_t opening)) {
  const auto nodes = *rc::gen::inRange<NodeId>(1, 200);
  const auto greater = *rc::gen::inRange<std::uint32_t>(1, nodes + 1);
  const auto smaller = *rc::gen::inRange<std::uint32_t>(1, greater + 1);
  const auto most = selection(count(greater), nodes).nodes(opening);
  const auto few = selection(count(smaller), nodes).nodes(opening);
  RC_ASSERT(few.size() == smaller);
  RC_ASSERT(std::ranges::includes(most, few));
}

TEST(Selection, IsDrawnAnewForEachOpeningFieldFaultAndSeed) {
  std::set<std::vector<NodeId>> drawn;
  for (const Key& fault : {kKey, Key(1, "fault other"), Key(2, "fault wifi")})
    for (const char* field : {"from", "to", "nodes"})
      for (std::uint64_t opening = 0; opening < 3; ++opening)
        drawn.insert(selection(count(500), 1000, fault, field).nodes(opening));
  EXPECT_THAT(drawn, SizeIs(27));
}

TEST(Selection, IsTheSameWhateverWasAskedBefore) {
  Selection some = selection(count(3));
  const auto first = some.nodes(0);
  const auto second = some.nodes(1);
  EXPECT_EQ(some.nodes(0), first);
  EXPECT_EQ(selection(count(3)).nodes(1), second);
}

// Were one pair a tenth likelier than the others, this would fail almost surely.
TEST(SelectionStatistics, EveryPairOfNodesIsEquallyLikely) {
  Selection two = selection(count(2), 5);
  std::vector<std::uint64_t> counts(25);
  for (std::uint64_t opening = 0; opening < 100'000; ++opening) {
    const auto drawn = two.nodes(opening);
    ++counts[drawn[0] * 5 + drawn[1]];
  }
  std::erase(counts, 0U);
  EXPECT_THAT(counts, SizeIs(10));
  EXPECT_GT(testing::uniform_p_value(counts), testing::kFalseAlarm);
}

TEST(Selection, LeavesTheMarksOfThoseItMeans) {
  const std::vector<NodeId> nodes = {0, 3, kInitiator, 9, 3, 5};
  for (const Selector& selector : {Selector{}, Selector{.kind = Selector::Kind::initiator},
                                   Selector{.kind = Selector::Kind::ids, .ranges = {{2, 5}}}, share(0.5)}) {
    Selection some = selection(selector);
    std::vector<std::uint8_t> marks = {1, 1, 1, 1, 0, 1};
    some.mark(nodes, 0, marks);
    for (std::size_t i = 0; i < nodes.size(); ++i)
      EXPECT_EQ(marks[i], i != 4 && some.matches(nodes[i], 0) ? 1 : 0) << i;
  }
}

}  // namespace
}  // namespace hearsay::faults
