// What a death does to a run. All of it in one cluster of three nodes that all send to all: version 1 is
// published at 1 s to everyone and learned 1 ms later; the two rounds are at 1011 and 1021 ms and arrive 1 ms
// later.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tests/core/virtual_world.hpp"

namespace hearsay::core {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string kCluster = R"(
cluster.nodes = 3
gossip = { fanout = 3, rounds = 2, interval = "10ms" }
publish = { versions = 1, fanout = 3, deadline = "10s" }
)";

std::string kill(const std::string& at, const std::string& more) {
  return kCluster + "[[fault]]\nname = \"crash\"\nkind = \"kill\"\nnodes = 0\nat = \"" + at + "\"\n" + more +
         "\n";
}

/// When node 0 sent its bursts, and in which life.
std::vector<std::pair<Tick, Life>> bursts_of_node_0(const VirtualWorld& world) {
  std::vector<std::pair<Tick, Life>> bursts;
  for (const Message& message : world.sent())
    if (message.from == 0 && message.to == 0) bursts.emplace_back(message.at / kMillisecond, message.life);
  return bursts;
}

TEST(Kill, WithoutOneEverythingArrives) {
  VirtualWorld world(kCluster);
  const measure::Outcome outcome = world.run();
  EXPECT_EQ(outcome.messages.sent, 3U + 3 * 2 * 3);
  EXPECT_EQ(outcome.messages.failed, 0U);
  EXPECT_EQ(outcome.versions[0].latency(), kMillisecond);
  EXPECT_EQ(outcome.duration, 1022 * kMillisecond);
  EXPECT_THAT(bursts_of_node_0(world), ElementsAre(std::pair(1011, 0), std::pair(1021, 0)));
}

TEST(Kill, RoundsToComeAreGoneAndWhatReachesADeadNodeFails) {
  VirtualWorld world(kill("1005ms", ""));
  const measure::Outcome outcome = world.run();
  EXPECT_THAT(bursts_of_node_0(world), IsEmpty());
  EXPECT_EQ(outcome.messages.sent, 3U + 2 * 2 * 3);
  EXPECT_EQ(outcome.messages.failed, 4U);
  EXPECT_EQ(outcome.messages.delivered, outcome.messages.sent - 4);
  EXPECT_THAT(world.changes(), ElementsAre(Change{1005 * kMillisecond, 0, false}));
}

TEST(Kill, OneThatKeptItsStateStartsNoNewRounds) {
  VirtualWorld world(kill("1005ms", "state = \"keep\"\nrestart_after = \"10ms\""));
  const measure::Outcome outcome = world.run();
  EXPECT_THAT(bursts_of_node_0(world), IsEmpty());
  EXPECT_EQ(outcome.messages.failed, 2U);
  EXPECT_EQ(outcome.versions[0].learnings, 3U);
  EXPECT_EQ(outcome.versions[0].holding, 3U);
  EXPECT_THAT(world.changes(),
              ElementsAre(Change{1005 * kMillisecond, 0, false}, Change{1015 * kMillisecond, 0, true}));
}

TEST(Kill, OneThatWasWipedLearnsAfreshInItsNextLife) {
  VirtualWorld world(kill("1005ms", "restart_after = \"10ms\""));
  const measure::Outcome outcome = world.run();
  EXPECT_THAT(bursts_of_node_0(world), ElementsAre(std::pair(1032, 1), std::pair(1042, 1)));
  EXPECT_EQ(outcome.messages.failed, 2U);
  EXPECT_EQ(outcome.versions[0].learnings, 4U);
  EXPECT_EQ(outcome.versions[0].latency(), kMillisecond) << "a commit is final";
  EXPECT_EQ(world.driver().population().life(0), 1U);
}

TEST(Kill, AWipedOneThatNobodyTellsAgainHoldsNothing) {
  const measure::Outcome outcome = VirtualWorld(kill("1021500us", "restart_after = \"10ms\"")).run();
  EXPECT_EQ(outcome.versions[0].end, measure::End::committed);
  EXPECT_EQ(outcome.versions[0].holding, 2U);
}

TEST(Kill, WhatItHasSentIsOnTheWireAndArrives) {
  const measure::Outcome outcome = VirtualWorld(kill("1011500us", "")).run();
  EXPECT_EQ(outcome.messages.sent, 3U + 3 * 3 + 2 * 3);
  EXPECT_EQ(outcome.messages.failed, 3U + 2) << "those to itself alone";
}

// Inside an instant node faults act first.
TEST(Kill, ComesBeforeTheArrivalsAndRoundsOfItsInstant) {
  const measure::Outcome arrival = VirtualWorld(kill("1001ms", "")).run();
  EXPECT_EQ(arrival.versions[0].learnings, 2U);
  EXPECT_EQ(arrival.messages.failed, 1U + 4);
  VirtualWorld round(kill("1011ms", ""));
  round.run();
  EXPECT_THAT(bursts_of_node_0(round), IsEmpty());
}

TEST(Kill, ARestartComesBeforeTheArrivalsOfItsInstant) {
  VirtualWorld world(kill("1s", "restart_after = \"1ms\""));
  EXPECT_EQ(world.run().messages.failed, 0U);
  EXPECT_THAT(bursts_of_node_0(world), ElementsAre(std::pair(1011, 1), std::pair(1021, 1)));
}

TEST(Kill, ARestartAtOnceLosesTheRoundsAllTheSame) {
  VirtualWorld kept(kill("1005ms", "state = \"keep\"\nrestart_after = \"0s\""));
  EXPECT_EQ(kept.run().messages.failed, 0U);
  EXPECT_THAT(bursts_of_node_0(kept), IsEmpty());
  VirtualWorld wiped(kill("1001ms", "restart_after = \"0s\""));
  EXPECT_EQ(wiped.run().messages.failed, 0U);
  EXPECT_THAT(bursts_of_node_0(wiped), ElementsAre(std::pair(1011, 1), std::pair(1021, 1)));
}

TEST(Kill, RoundsOfAFormerLifeDoNotMixWithThoseOfThisOne) {
  VirtualWorld world(kill("1011500us", "restart_after = \"100us\""));
  world.run();
  EXPECT_THAT(bursts_of_node_0(world),
              ElementsAre(std::pair(1011, 0), std::pair(1022, 1), std::pair(1032, 1)));
}

TEST(Kill, IsEvidentIfItActedWhileAVersionWasUnsettled) {
  const auto evidence = [](const std::string& at) { return VirtualWorld(kill(at, "")).run().faults[0]; };
  EXPECT_EQ(evidence("1005ms").hit, 1U);
  EXPECT_EQ(evidence("500ms").hit, 0U);
  EXPECT_EQ(evidence("500ms").eligible, 1U);
  EXPECT_FALSE(evidence("5s").opened);
}

}  // namespace
}  // namespace hearsay::core
