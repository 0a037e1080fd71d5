// When a version settles, and when a run ends.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/core/virtual_world.hpp"

namespace hearsay::core {
namespace {

using measure::End;

/// Three nodes that all send to all, 1 ms away; the last arrival of a version published at 1 s is at 1022 ms.
std::string three(const std::string& more) {
  return "cluster.nodes = 3\ngossip = { fanout = 3, rounds = 2, interval = \"10ms\" }\npublish.fanout = 3\n" +
         more;
}

std::string cut(const std::string& to) {
  return "[[fault]]\nname = \"cut\"\nkind = \"drop\"\nprobability = 1\nto = " + to + "\n";
}

std::string crash(const std::string& at, const std::string& nodes = "2") {
  return "[[fault]]\nname = \"crash\"\nkind = \"kill\"\nnodes = " + nodes + "\nat = \"" + at + "\"\n";
}

TEST(Settle, ACommittedVersionWhenNothingOfItIsToCome) {
  const measure::Outcome outcome = VirtualWorld(three("publish.versions = 3\n")).run();
  EXPECT_EQ(outcome.duration, 3022 * kMillisecond);
}

TEST(Settle, WhatNeverEnteredIsLostAtOnce) {
  const measure::Outcome outcome = VirtualWorld(three("publish.versions = 2\n") + cut("\"*\"")).run();
  EXPECT_EQ(outcome.duration, 2 * kSecond);
  for (const measure::VersionRecord& version : outcome.versions) {
    EXPECT_EQ(version.end, End::lost);
    EXPECT_TRUE(version.never_entered());
    EXPECT_EQ(version.taken.at(0).messages, 3U);
  }
}

TEST(Settle, WhatCannotCommitAnyMoreIsLostAtOnce) {
  const measure::Outcome outcome = VirtualWorld(three("publish.versions = 1\n") + cut("2")).run();
  EXPECT_EQ(outcome.duration, 1022 * kMillisecond);
  EXPECT_EQ(outcome.versions[0].end, End::lost);
  EXPECT_EQ(outcome.versions[0].holding, 2U);
  EXPECT_EQ(outcome.versions[0].taken.at(0).messages, 1U + 2 * 2);
}

TEST(Settle, WithoutRoundsAtTheLastArrivalOfThePublish) {
  const measure::Outcome outcome =
      VirtualWorld("cluster.nodes = 3\ngossip.rounds = 0\npublish = { versions = 1, fanout = 2 }").run();
  EXPECT_EQ(outcome.duration, 1001 * kMillisecond);
  EXPECT_EQ(outcome.messages.sent, 2U);
  EXPECT_EQ(outcome.versions[0].end, End::lost);
  EXPECT_EQ(outcome.versions[0].holding, 2U);
}

TEST(Settle, AtTheDeadlineStillCountsAndAfterItNoMore) {
  const auto end = [](const std::string& latency) {
    return VirtualWorld("cluster.nodes = 3\ngossip.rounds = 0\nnetwork.latency = \"" + latency +
                        "\"\npublish = { versions = 1, fanout = 3, deadline = \"2s\" }")
        .run()
        .versions[0];
  };
  EXPECT_EQ(end("2s").end, End::committed);
  EXPECT_EQ(end("2s").latency(), 2 * kSecond);
  EXPECT_EQ(end("2000001us").end, End::lost);
}

TEST(Settle, TheRunEndsWithTheLastDeadlineWhateverIsInFlight) {
  const measure::Outcome outcome =
      VirtualWorld(
          "cluster.nodes = 3\nnetwork.latency = \"1m\"\npublish = { versions = 2, deadline = \"2s\" }")
          .run();
  EXPECT_EQ(outcome.duration, 4 * kSecond);
  EXPECT_EQ(outcome.messages.in_flight, 6U);
  EXPECT_EQ(outcome.versions[0].end, End::lost);
  EXPECT_EQ(outcome.versions[1].end, End::lost);
}

TEST(Settle, PastItsDeadlineAVersionMayStillBeOnItsWay) {
  const measure::Outcome outcome = VirtualWorld(
                                       "cluster.nodes = 3\nnetwork.latency = \"3s\"\ngossip.rounds = 0\n"
                                       "publish = { versions = 3, fanout = 3, deadline = \"2s\" }")
                                       .run();
  EXPECT_EQ(outcome.versions[0].end, End::lost);
  EXPECT_EQ(outcome.versions[0].holding, 3U) << "when it settled";
  EXPECT_EQ(outcome.messages.in_flight, 3U);
}

TEST(Settle, OfTheLivingADeathMayYetCommit) {
  const std::string toml = three("cluster.commit = \"alive\"\npublish.versions = 1\n") + cut("2");
  const measure::Outcome outcome = VirtualWorld(toml + crash("2s")).run();
  EXPECT_EQ(outcome.versions[0].end, End::committed);
  EXPECT_EQ(outcome.versions[0].latency(), kSecond);
  EXPECT_EQ(outcome.versions[0].required, 2U);
  EXPECT_EQ(outcome.duration, 2 * kSecond);
}

TEST(Settle, OfTheLivingWithoutADeathToComeItIsLostAtOnce) {
  const std::string toml = three("cluster.commit = \"alive\"\npublish.versions = 1\n") + cut("2");
  EXPECT_EQ(VirtualWorld(toml).run().duration, 1022 * kMillisecond);
}

TEST(Settle, OfAllADeathCommitsNothing) {
  const measure::Outcome outcome =
      VirtualWorld(three("publish.versions = 1\n") + cut("2") + crash("1010ms")).run();
  EXPECT_EQ(outcome.versions[0].end, End::lost);
  EXPECT_EQ(outcome.versions[0].required, 3U);
}

TEST(Settle, ADeathAtTheDeadlineStillCommitsAndOneAfterItNoMore) {
  const std::string toml =
      three("cluster.commit = \"alive\"\npublish.versions = 2\npublish.deadline = \"2s\"\n") + cut("2");
  const measure::Outcome at = VirtualWorld(toml + crash("3s")).run();
  EXPECT_EQ(at.versions[0].end, End::committed);
  EXPECT_EQ(at.versions[0].latency(), 2 * kSecond);
  EXPECT_EQ(at.versions[1].latency(), kSecond);
  const measure::Outcome after = VirtualWorld(toml + crash("3000001us")).run();
  EXPECT_EQ(after.versions[0].end, End::lost);
  EXPECT_EQ(after.versions[1].end, End::committed);
}

TEST(Settle, PastItsDeadlineNoDeathToComeIsWaitedFor) {
  const std::string toml =
      three("cluster.commit = \"alive\"\npublish.versions = 2\npublish.deadline = \"2s\"\n") + cut("2");
  const measure::Outcome outcome = VirtualWorld(toml + crash("3500ms", "0")).run();
  EXPECT_EQ(outcome.versions[0].required, 3U);
  EXPECT_EQ(outcome.versions[0].holding, 2U);
}

TEST(Settle, TheRunDoesNotWaitForWindows) {
  const measure::Outcome outcome = VirtualWorld(three("publish.versions = 1\n") + crash("20s")).run();
  EXPECT_EQ(outcome.duration, 1022 * kMillisecond);
  EXPECT_FALSE(outcome.faults[0].opened);
}

TEST(Settle, AnInterruptionLeavesOpenWhatHadTimeLeft) {
  VirtualWorld world(three("publish.versions = 3\npublish.deadline = \"2s\"\n"));
  world.pass(3 * kSecond);
  const measure::Outcome outcome = world.interrupt();
  EXPECT_TRUE(outcome.interrupted);
  EXPECT_EQ(outcome.duration, 3 * kSecond);
  ASSERT_EQ(outcome.versions.size(), 3U);
  EXPECT_EQ(outcome.versions[0].end, End::committed);
  EXPECT_EQ(outcome.versions[1].end, End::open);
  EXPECT_EQ(outcome.versions[2].end, End::open);
}

}  // namespace
}  // namespace hearsay::core
