// What a pause does to a run.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/core/three_nodes.hpp"

namespace hearsay::core {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string pause(const std::string& at, const std::string& length, const std::string& more = "") {
  return kThreeNodes + on_node_0("pause", "at = \"" + at + "\"\nfor = \"" + length + "\"") + more;
}

std::string second(const std::string& kind, const std::string& more) {
  return on_node_0(kind, more, "second");
}

TEST(Pause, RoundsThatAreDueWaitForItsEnd) {
  VirtualWorld world(pause("1005ms", "20ms"));
  const measure::Outcome outcome = world.run();
  EXPECT_THAT(sent_by_node_0(world), ElementsAre(25'000, 25'000));
  EXPECT_EQ(outcome.messages.sent, 3U + 3 * 2 * 3);
  EXPECT_EQ(outcome.messages.delivered, outcome.messages.sent);
  EXPECT_EQ(outcome.duration, 1026 * kMillisecond);
}

TEST(Pause, RoundsThatAreNotDueAreNotTouched) {
  VirtualWorld world(pause("1005ms", "5ms"));
  world.run();
  EXPECT_THAT(sent_by_node_0(world), ElementsAre(11'000, 21'000));
}

TEST(Pause, WhatArrivesWaitsForItsEnd) {
  VirtualWorld world(pause("1s", "100ms"));
  const measure::Outcome outcome = world.run();
  EXPECT_EQ(outcome.versions[0].latency(), 100 * kMillisecond);
  EXPECT_THAT(sent_by_node_0(world), ElementsAre(110'000, 120'000));
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
  EXPECT_THAT(sent_by_node_0(round_ends), ElementsAre(11'000, 21'000));
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
  EXPECT_THAT(sent_by_node_0(world), ElementsAre(25'000, 25'000));
}

TEST(Pause, WhoIsPausedIsUp) {
  VirtualWorld world("cluster.commit = \"alive\"" + pause("500ms", "20s"));
  EXPECT_EQ(world.run().versions[0].end, measure::End::lost);
}

TEST(Pause, ADeathMeanwhileTakesWhatWaits) {
  VirtualWorld world(pause("1005ms", "20ms", second("kill", "at = \"1013ms\"")));
  const measure::Outcome outcome = world.run();
  EXPECT_THAT(sent_by_node_0(world), IsEmpty());
  EXPECT_EQ(outcome.messages.sent, 3U + 2 * 2 * 3);
  EXPECT_EQ(outcome.messages.failed, 2U + 2) << "two that waited, and two that came later";
  EXPECT_EQ(outcome.messages.in_flight, 0U);
}

TEST(Pause, StaysOnANodeThatRestartsMeanwhile) {
  VirtualWorld world(
      pause("1005ms", "20ms", second("kill", "at = \"1013ms\"\nrestart_after = \"5ms\"\nstate = \"keep\"")));
  const measure::Outcome outcome = world.run();
  EXPECT_THAT(sent_by_node_0(world), IsEmpty());
  EXPECT_EQ(outcome.messages.failed, 2U);
  EXPECT_EQ(outcome.messages.delivered, outcome.messages.sent - 2) << "what came after the restart waited";
  VirtualWorld wiped(pause("1005ms", "20ms", second("kill", "at = \"1013ms\"\nrestart_after = \"0s\"")));
  EXPECT_EQ(wiped.run().messages.failed, 2U) << "a death takes what waits even if it is over at once";
  EXPECT_THAT(sent_by_node_0(wiped), ElementsAre(35'000, 45'000));
}

TEST(Pause, OfEveryoneHoldsBackEverything) {
  std::string toml = pause("1005ms", "30ms");
  toml.replace(toml.find("nodes = 0\n"), 9, "nodes = \"*\"");
  VirtualWorld world(toml);
  const measure::Outcome outcome = world.run();
  EXPECT_THAT(sent_by_node_0(world), ElementsAre(35'000, 35'000));
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
