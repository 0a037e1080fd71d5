// What a pause does to a run. All of it in one cluster of three nodes that all send to all: version 1 is
// published at 1 s to everyone and learned 1 ms later; the two rounds are at 1011 and 1021 ms and arrive 1 ms
// later.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/core/virtual_world.hpp"

namespace hearsay::core {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string pause(const std::string& at, const std::string& length, const std::string& more = "") {
  return R"(
cluster.nodes = 3
gossip = { fanout = 3, rounds = 2, interval = "10ms" }
publish = { versions = 1, fanout = 3, deadline = "10s" }
[[fault]]
name = "nap"
kind = "pause"
nodes = 0
at = ")" +
         at + "\"\nfor = \"" + length + "\"\n" + more;
}

std::string second(const std::string& kind, const std::string& more) {
  return "[[fault]]\nname = \"second\"\nkind = \"" + kind + "\"\nnodes = 0\n" + more;
}

/// When node 0 sent its bursts, in ms.
std::vector<Tick> bursts_of_node_0(const VirtualWorld& world) {
  std::vector<Tick> bursts;
  for (const Message& message : world.sent())
    if (message.from == 0 && message.to == 0) bursts.push_back(message.at / kMillisecond);
  return bursts;
}

TEST(Pause, RoundsThatAreDueWaitForItsEnd) {
  VirtualWorld world(pause("1005ms", "20ms"));
  const measure::Outcome outcome = world.run();
  EXPECT_THAT(bursts_of_node_0(world), ElementsAre(1025, 1025));
  EXPECT_EQ(outcome.messages.sent, 3U + 3 * 2 * 3);
  EXPECT_EQ(outcome.messages.delivered, outcome.messages.sent);
  EXPECT_EQ(outcome.duration, 1026 * kMillisecond);
}

TEST(Pause, RoundsThatAreNotDueAreNotTouched) {
  VirtualWorld world(pause("1005ms", "5ms"));
  world.run();
  EXPECT_THAT(bursts_of_node_0(world), ElementsAre(1011, 1021));
}

TEST(Pause, WhatArrivesWaitsForItsEnd) {
  VirtualWorld world(pause("1s", "100ms"));
  const measure::Outcome outcome = world.run();
  EXPECT_EQ(outcome.versions[0].latency(), 100 * kMillisecond);
  EXPECT_THAT(bursts_of_node_0(world), ElementsAre(1110, 1120));
  EXPECT_EQ(outcome.messages.delivered, outcome.messages.sent);
}

TEST(Pause, BeginsAndEndsBeforeTheArrivalsAndRoundsOfAnInstant) {
  VirtualWorld begins(pause("1001ms", "5ms"));
  EXPECT_EQ(begins.run().versions[0].latency(), 6 * kMillisecond);
  VirtualWorld ends(pause("1s", "1ms"));
  EXPECT_EQ(ends.run().versions[0].latency(), kMillisecond);
  VirtualWorld round_begins(pause("1011ms", "1us"));
  round_begins.run();
  EXPECT_EQ(round_begins.sent().at(9).at, 1011 * kMillisecond + 1);
  VirtualWorld round_ends(pause("1010ms", "1ms"));
  round_ends.run();
  EXPECT_THAT(bursts_of_node_0(round_ends), ElementsAre(1011, 1021));
}

TEST(Pause, WhatWaitsToTheEndIsInFlight) {
  VirtualWorld world(pause("1s", "1h"));
  const measure::Outcome outcome = world.run();
  EXPECT_EQ(outcome.messages.sent, 3U + 2 * 2 * 3);
  EXPECT_EQ(outcome.messages.in_flight, 1U + 2 * 2);
  EXPECT_EQ(outcome.versions[0].end, measure::End::lost);
  EXPECT_EQ(outcome.duration, 11 * kSecond) << "it could have gone on up to the deadline";
}

TEST(Pause, TwoThatOverlapLastFromTheFirstToTheLast) {
  VirtualWorld world(pause("1005ms", "10ms", second("pause", "at = \"1010ms\"\nfor = \"15ms\"")));
  world.run();
  EXPECT_THAT(bursts_of_node_0(world), ElementsAre(1025, 1025));
}

TEST(Pause, WhoIsPausedIsUp) {
  VirtualWorld world("cluster.commit = \"alive\"" + pause("500ms", "20s"));
  EXPECT_EQ(world.run().versions[0].end, measure::End::lost);
}

TEST(Pause, ADeathMeanwhileTakesWhatWaits) {
  VirtualWorld world(pause("1005ms", "20ms", second("kill", "at = \"1013ms\"")));
  const measure::Outcome outcome = world.run();
  EXPECT_THAT(bursts_of_node_0(world), IsEmpty());
  EXPECT_EQ(outcome.messages.sent, 3U + 2 * 2 * 3);
  EXPECT_EQ(outcome.messages.failed, 2U + 2) << "two that waited, and two that came later";
  EXPECT_EQ(outcome.messages.in_flight, 0U);
}

TEST(Pause, StaysOnANodeThatRestartsMeanwhile) {
  VirtualWorld world(
      pause("1005ms", "20ms", second("kill", "at = \"1013ms\"\nrestart_after = \"5ms\"\nstate = \"keep\"")));
  const measure::Outcome outcome = world.run();
  EXPECT_THAT(bursts_of_node_0(world), IsEmpty());
  EXPECT_EQ(outcome.messages.failed, 2U);
  EXPECT_EQ(outcome.messages.delivered, outcome.messages.sent - 2) << "what came after the restart waited";
  VirtualWorld wiped(pause("1005ms", "20ms", second("kill", "at = \"1013ms\"\nrestart_after = \"0s\"")));
  EXPECT_EQ(wiped.run().messages.failed, 2U) << "a death takes what waits even if it is over at once";
  EXPECT_THAT(bursts_of_node_0(wiped), ElementsAre(1035, 1045));
}

TEST(Pause, OfEveryoneHoldsBackEverything) {
  std::string toml = pause("1005ms", "30ms");
  toml.replace(toml.find("nodes = 0\n"), 9, "nodes = \"*\"");
  VirtualWorld world(toml);
  const measure::Outcome outcome = world.run();
  EXPECT_THAT(bursts_of_node_0(world), ElementsAre(1035, 1035));
  EXPECT_EQ(outcome.messages.delivered, 3U + 3 * 2 * 3);
}

TEST(Pause, IsEvidentIfItLastedWhileAVersionWasUnsettled) {
  const auto evidence = [](const std::string& at, const std::string& length) {
    return VirtualWorld(pause(at, length)).run().faults[0];
  };
  EXPECT_EQ(evidence("0s", "1s").hit, 0U);
  EXPECT_EQ(evidence("0s", "1s").eligible, 1U);
  EXPECT_EQ(evidence("0s", "1001ms").hit, 1U);
  EXPECT_EQ(evidence("1005ms", "1ms").hit, 1U);
  EXPECT_FALSE(evidence("5s", "1ms").opened);
}

}  // namespace
}  // namespace hearsay::core
