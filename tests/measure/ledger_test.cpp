// The commit counter.

#include "measure/ledger.hpp"

#include <gtest/gtest.h>

#include "base/check.hpp"

namespace hearsay::measure {
namespace {

constexpr Duration kDeadline = 1000;

std::uint64_t newly_committed(Ledger& ledger, Tick at) {
  const std::uint64_t before = ledger.commits();
  ledger.commit_due(at);
  return ledger.commits() - before;
}

Ledger ledger_of(NodeId nodes, Required required = Required::every_node) {
  Ledger ledger(nodes, required, kDeadline);
  ledger.open(1, 0, 0);
  return ledger;
}

VersionRecord record_of(Ledger& ledger, Tick at = 2 * kDeadline, bool interrupted = false) {
  Outcome outcome;
  ledger.close(at, interrupted, outcome);
  return outcome.versions.at(0);
}

TEST(Ledger, CommitsWithTheLastNode) {
  Ledger ledger = ledger_of(3);
  EXPECT_FALSE(ledger.learned(0, 2, 10));
  EXPECT_FALSE(ledger.learned(0, 0, 20));
  EXPECT_FALSE(ledger.committed(0));
  EXPECT_TRUE(ledger.learned(0, 1, 30));
  EXPECT_TRUE(ledger.committed(0));
  EXPECT_EQ(ledger.holders(0), 3U);
  EXPECT_EQ(ledger.commits(), 1U);
  const VersionRecord record = record_of(ledger);
  EXPECT_EQ(record.end, End::committed);
  EXPECT_EQ(record.latency(), 30);
  EXPECT_EQ(record.learnings, 3U);
  EXPECT_EQ(record.last_learned, 30);
  EXPECT_EQ(record.holding, 3U);
}

TEST(Ledger, CountsVersionsApart) {
  Ledger ledger = ledger_of(2);
  EXPECT_EQ(ledger.open(7, 500, 500), 1U);
  ledger.learned(0, 0, 10);
  ledger.learned(1, 1, 510);
  EXPECT_FALSE(ledger.committed(0));
  EXPECT_TRUE(ledger.learned(1, 0, 520));
  EXPECT_FALSE(ledger.committed(0));
  EXPECT_EQ(ledger.version(1), 7);
  EXPECT_EQ(ledger.deadline(1), 1500);
}

TEST(Ledger, AtTheDeadlineStillCountsAndAfterItNoMore) {
  Ledger in_time = ledger_of(1);
  EXPECT_TRUE(in_time.learned(0, 0, kDeadline));
  EXPECT_EQ(record_of(in_time).end, End::committed);
  Ledger late = ledger_of(1);
  EXPECT_FALSE(late.learned(0, 0, kDeadline + 1));
  EXPECT_EQ(record_of(late).end, End::lost);
}

TEST(Ledger, OfAllADeadNodeMustHoldItToo) {
  Ledger ledger = ledger_of(2);
  ledger.learned(0, 0, 10);
  ledger.down(1, 0);
  EXPECT_EQ(newly_committed(ledger, 20), 0U);
  ledger.up(1, 0);
  EXPECT_TRUE(ledger.learned(0, 1, 30));
}

TEST(Ledger, OfAllADeadNodeThatKeptItHoldsIt) {
  Ledger ledger = ledger_of(2);
  ledger.learned(0, 0, 10);
  ledger.down(0, 0);
  EXPECT_TRUE(ledger.learned(0, 1, 20));
}

TEST(Ledger, OfTheLivingTheDeathOfTheLastThatLacksItCommits) {
  Ledger ledger = ledger_of(3, Required::nodes_up);
  ledger.learned(0, 0, 10);
  ledger.learned(0, 1, 20);
  ledger.down(2, 0);
  EXPECT_FALSE(ledger.committed(0));
  EXPECT_EQ(newly_committed(ledger, 30), 1U);
  EXPECT_EQ(newly_committed(ledger, 30), 0U);
  EXPECT_EQ(record_of(ledger).latency(), 30);
}

TEST(Ledger, OfTheLivingADeathAtTheDeadlineStillCountsAndAfterItNoMore) {
  for (const bool late : {false, true}) {
    Ledger ledger = ledger_of(2, Required::nodes_up);
    ledger.learned(0, 0, 10);
    ledger.down(1, 0);
    EXPECT_EQ(newly_committed(ledger, kDeadline + (late ? 1 : 0)), late ? 0U : 1U);
  }
}

TEST(Ledger, OfTheLivingThereMustBeOne) {
  Ledger ledger = ledger_of(1, Required::nodes_up);
  ledger.down(0, 0);
  EXPECT_EQ(newly_committed(ledger, 10), 0U);
  ledger.up(0, 0);
  EXPECT_EQ(newly_committed(ledger, 20), 0U);
  EXPECT_TRUE(ledger.learned(0, 0, 30));
}

TEST(Ledger, OfTheLivingOneThatComesBackEmptyMustBeTold) {
  Ledger ledger = ledger_of(2, Required::nodes_up);
  ledger.down(1, 0);
  ledger.wiped(1);
  ledger.commit_due(5);
  ledger.up(1, 0);
  EXPECT_FALSE(ledger.learned(0, 0, 10));
  EXPECT_TRUE(ledger.learned(0, 1, 20));
}

// What happens in one instant is looked at as a whole: the node that lacks it dies, one that lacks it comes
// up.
TEST(Ledger, ChangesOfOneInstantCountTogether) {
  Ledger ledger = ledger_of(3, Required::nodes_up);
  ledger.down(2, 0);
  ledger.commit_due(5);
  ledger.learned(0, 0, 10);
  ledger.down(1, 0);
  ledger.up(2, 0);
  EXPECT_EQ(newly_committed(ledger, 20), 0U);
}

TEST(Ledger, ACommitIsFinal) {
  Ledger ledger = ledger_of(2);
  ledger.learned(0, 0, 10);
  ledger.learned(0, 1, 20);
  ledger.down(1, 0);
  ledger.wiped(1);
  ledger.commit_due(30);
  ledger.up(1, 0);
  EXPECT_FALSE(ledger.learned(0, 1, 40));
  const VersionRecord record = record_of(ledger);
  EXPECT_EQ(record.latency(), 20);
  EXPECT_EQ(record.learnings, 3U);
}

TEST(Ledger, ANodeThatIsWipedAndToldAgainCountsOnce) {
  Ledger ledger = ledger_of(2);
  ledger.learned(0, 0, 10);
  ledger.wiped(0);
  EXPECT_EQ(ledger.holders(0), 0U);
  EXPECT_FALSE(ledger.learned(0, 0, 20));
  EXPECT_EQ(ledger.holders(0), 1U);
  EXPECT_TRUE(ledger.learned(0, 1, 30));
}

TEST(Ledger, CoverageIsThatAtTheInstantOfSettling) {
  Ledger ledger = ledger_of(4, Required::nodes_up);
  ledger.learned(0, 0, 10);
  ledger.learned(0, 1, 20);
  ledger.down(1, 0);
  ledger.settle(0, 0);
  ledger.down(0, 0);
  const VersionRecord record = record_of(ledger);
  EXPECT_EQ(record.required, 3U);
  EXPECT_EQ(record.holding, 1U);
}

TEST(Ledger, WhatNeverEnteredHasNoLearning) {
  Ledger ledger = ledger_of(4);
  const VersionRecord record = record_of(ledger);
  EXPECT_TRUE(record.never_entered());
  EXPECT_EQ(record.last_learned, kNever);
  EXPECT_EQ(record.committed, kNever);
}

TEST(Ledger, WhatSettledAsLostStaysLost) {
  Ledger ledger = ledger_of(1, Required::nodes_up);
  ledger.settle(0, 0);
  EXPECT_FALSE(ledger.learned(0, 0, 10));
  EXPECT_EQ(newly_committed(ledger, 10), 0U);
  EXPECT_EQ(record_of(ledger).end, End::lost);
}

TEST(Ledger, IsSettledWhenAllThatWasOpenedIs) {
  Ledger ledger(1, Required::every_node, kDeadline);
  EXPECT_TRUE(ledger.settled());
  ledger.open(1, 0, 0);
  ledger.open(2, 0, 0);
  ledger.settle(1, 0);
  EXPECT_FALSE(ledger.settled());
  EXPECT_FALSE(ledger.settled(0));
  EXPECT_TRUE(ledger.settled(1));
  ledger.settle(0, 0);
  EXPECT_TRUE(ledger.settled());
  EXPECT_THROW(ledger.settle(0, 0), Bug);
}

TEST(Ledger, AnInterruptionLeavesOpenWhatWasPublishedLessThanTheDeadlineBefore) {
  Ledger ledger(1, Required::every_node, kDeadline);
  for (const Tick published : {0, 1, 2, 3}) ledger.open(published + 1, published, published);
  ledger.learned(0, 0, 10);
  ledger.learned(2, 0, 10);
  Outcome outcome;
  ledger.close(kDeadline + 1, true, outcome);
  EXPECT_EQ(outcome.versions[0].end, End::committed);
  EXPECT_EQ(outcome.versions[1].end, End::lost);
  EXPECT_EQ(outcome.versions[2].end, End::open);
  EXPECT_EQ(outcome.versions[2].committed, kNever);
  EXPECT_EQ(outcome.versions[3].end, End::open);
}

TEST(Ledger, NothingIsOpenAfterARunThatEnded) {
  Ledger ledger = ledger_of(1);
  EXPECT_EQ(record_of(ledger, 10, false).end, End::lost);
}

TEST(Ledger, TheLearnedDigestIsWhoLearnedWhatInWhichLifeNotWhen) {
  const auto digest = [](Version version, NodeId node, Life life, Tick at) {
    Ledger ledger(3, Required::every_node, kDeadline);
    for (Life lived = 0; lived < life; ++lived) ledger.wiped(node);
    ledger.learned(ledger.open(version, 0, 0), node, at);
    Outcome outcome;
    ledger.close(at, false, outcome);
    return to_string(outcome.learned_digest);
  };
  EXPECT_EQ(digest(1, 2, 0, 10), digest(1, 2, 0, 20));
  EXPECT_NE(digest(1, 2, 0, 10), digest(2, 2, 0, 10));
  EXPECT_NE(digest(1, 2, 0, 10), digest(Version{1} << 32 | 1, 2, 0, 10));
  EXPECT_NE(digest(1, 2, 0, 10), digest(1, 1, 0, 10));
  EXPECT_NE(digest(1, 2, 0, 10), digest(1, 2, 1, 10));
}

TEST(Ledger, ToldWhatCannotBeItSaysSo) {
  Ledger ledger = ledger_of(2);
  ledger.learned(0, 0, 10);
  EXPECT_THROW(ledger.learned(0, 0, 20), Bug);
  EXPECT_THROW(ledger.up(0, 0), Bug);
  ledger.down(1, 0);
  EXPECT_THROW(ledger.down(1, 0), Bug);
  EXPECT_THROW(ledger.learned(0, 1, 20), Bug);
}

}  // namespace
}  // namespace hearsay::measure
