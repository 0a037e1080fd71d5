// From when the faults healed until every node that is up holds every version published before.

#include "measure/recovery.hpp"

#include <gtest/gtest.h>

#include "measure/ledger.hpp"

namespace hearsay::measure {
namespace {

/// Three nodes; version 1 is published at 0, version 2 at 100.
Ledger asked(Required required = Required::every_node) {
  Ledger ledger(3, required, 1000);
  ledger.ask_recovery();
  ledger.open(1, 0, 0);
  ledger.open(2, 100, 100);
  return ledger;
}

std::optional<Recovery> recovery_of(Ledger& ledger) {
  Outcome outcome;
  ledger.close(5000, false, outcome);
  return outcome.recovery;
}

Duration longest(Ledger& ledger) { return recovery_of(ledger).value().longest; }

void all_learn(Ledger& ledger, Slot slot, Tick at) {
  for (NodeId node = 0; node < 3; ++node) ledger.learned(slot, node, at);
}

TEST(Recovery, IsMeasuredOnlyWhereItIsAsked) {
  Ledger ledger(3, Required::every_node, 1000);
  ledger.open(1, 0, 0);
  EXPECT_FALSE(recovery_of(ledger));
}

TEST(Recovery, LastsFromTheHealingToTheLastLearning) {
  Ledger ledger = asked();
  all_learn(ledger, 0, 50);
  ledger.learned(1, 0, 150);
  ledger.healed(200);
  ledger.learned(1, 1, 230);
  ledger.learned(1, 2, 270);
  EXPECT_EQ(longest(ledger), 70);
}

TEST(Recovery, IsOverAtOnceWhereNothingIsLacking) {
  Ledger ledger = asked();
  all_learn(ledger, 0, 50);
  all_learn(ledger, 1, 150);
  ledger.healed(200);
  EXPECT_EQ(longest(ledger), 0);
}

TEST(Recovery, NeverCameWhereANodeLacksAVersionToTheEnd) {
  Ledger ledger = asked();
  all_learn(ledger, 0, 50);
  ledger.healed(200);
  ledger.learned(1, 0, 300);
  EXPECT_EQ(longest(ledger), kNever);
}

TEST(Recovery, WhatIsPublishedLaterDoesNotCount) {
  Ledger ledger = asked();
  all_learn(ledger, 0, 50);
  all_learn(ledger, 1, 150);
  ledger.open(3, 200, 200);
  ledger.healed(199);
  ledger.open(4, 300, 300);
  all_learn(ledger, 2, 250);
  EXPECT_EQ(longest(ledger), 51) << "version 4 is not waited for";
}

TEST(Recovery, AsksNothingOfNodesThatAreDown) {
  Ledger ledger = asked();
  ledger.down(2, 10);
  for (Slot slot = 0; slot < 2; ++slot)
    for (NodeId node = 0; node < 2; ++node) ledger.learned(slot, node, 160);
  ledger.healed(200);
  EXPECT_EQ(longest(ledger), 0);
}

// The instant's changes are told before it is looked at.
TEST(Recovery, ANodeThatComesUpAtTheHealingCounts) {
  Ledger ledger = asked();
  ledger.down(2, 10);
  for (Slot slot = 0; slot < 2; ++slot)
    for (NodeId node = 0; node < 2; ++node) ledger.learned(slot, node, 160);
  ledger.up(2, 200);
  ledger.commit_due(200);
  ledger.healed(200);
  ledger.learned(0, 2, 240);
  ledger.learned(1, 2, 260);
  EXPECT_EQ(longest(ledger), 60);
}

TEST(Recovery, GoesOnThroughLaterDeathsAndWipes) {
  Ledger ledger = asked();
  all_learn(ledger, 0, 50);
  ledger.learned(1, 0, 150);
  ledger.learned(1, 1, 150);
  ledger.healed(200);
  // Node 0 dies and comes back empty: it lacks both versions, and node 2 still one.
  ledger.down(0, 210);
  ledger.wiped(0);
  ledger.commit_due(210);
  ledger.up(0, 220);
  ledger.commit_due(220);
  ledger.learned(1, 2, 230);
  ledger.learned(0, 0, 240);
  ledger.learned(1, 0, 250);
  EXPECT_EQ(longest(ledger), 50);
}

TEST(Recovery, TheDeathOfTheLastNodeThatLacksAVersionEndsIt) {
  Ledger ledger = asked();
  all_learn(ledger, 0, 50);
  ledger.learned(1, 0, 150);
  ledger.learned(1, 1, 150);
  ledger.healed(200);
  ledger.down(2, 280);
  ledger.commit_due(280);
  EXPECT_EQ(longest(ledger), 80);
}

TEST(Recovery, NeedsANodeThatIsUp) {
  Ledger ledger = asked();
  for (NodeId node = 0; node < 3; ++node) ledger.down(node, 10);
  ledger.commit_due(10);
  ledger.healed(200);
  EXPECT_EQ(longest(ledger), kNever);
}

TEST(Recovery, IsFinal) {
  Ledger ledger = asked();
  all_learn(ledger, 0, 50);
  all_learn(ledger, 1, 150);
  ledger.healed(200);
  ledger.down(0, 300);
  ledger.wiped(0);
  ledger.up(0, 310);
  ledger.commit_due(310);
  EXPECT_EQ(longest(ledger), 0);
}

// A settled version is given back as ever, but for those that recovery still asks about.
TEST(Recovery, KnowsWhoHoldsVersionsThatSettledBefore) {
  Ledger ledger = asked();
  ledger.learned(0, 0, 50);
  ledger.settle(0, 60);
  ledger.release(0);
  all_learn(ledger, 1, 150);
  ledger.healed(200);
  EXPECT_EQ(longest(ledger), kNever);
}

TEST(Recovery, ARunThatEndsBeforeTheHealingShowsNothing) {
  Ledger ledger = asked();
  EXPECT_EQ(recovery_of(ledger).value().unhealed, 1U);
}

TEST(Recovery, OfMergedRunsTheWorstCounts) {
  const auto run = [](Duration longest, std::uint32_t unhealed) {
    Outcome outcome;
    outcome.recovery = Recovery{longest, unhealed};
    return outcome;
  };
  Outcome merged = run(5, 0);
  merge(merged, run(0, 1));
  merge(merged, run(7, 0));
  EXPECT_EQ(merged.recovery->longest, 7);
  EXPECT_EQ(merged.recovery->unhealed, 1U);
  merge(merged, run(kNever, 0));
  EXPECT_EQ(merged.recovery->longest, kNever);
}

}  // namespace
}  // namespace hearsay::measure
