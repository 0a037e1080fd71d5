// Versions that foreign clients publish into the cluster.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/core/virtual_world.hpp"

namespace hearsay::core {
namespace {

using ::testing::ElementsAre;

const std::string kThree = R"(
cluster.nodes = 3
gossip = { fanout = 3, rounds = 2, interval = "10ms" }
publish = { versions = 3, fanout = 3, deadline = "5s" }
)";

TEST(Foreign, AVersionSpreadsAsAnyOther) {
  VirtualWorld world(kThree);
  world.pass(500 * kMillisecond);
  EXPECT_TRUE(world.foreign(777, 1));
  const measure::Outcome outcome = world.run();
  ASSERT_EQ(outcome.versions.size(), 4U);
  const measure::VersionRecord& version = outcome.versions[0];
  EXPECT_EQ(version.version, 777);
  EXPECT_EQ(version.published, 500 * kMillisecond);
  EXPECT_EQ(version.end, measure::End::committed);
  EXPECT_EQ(version.latency(), 11 * kMillisecond);
  EXPECT_EQ(version.sent, 3U * 2 * 3);
}

TEST(Foreign, AVersionIsAdmittedOnce) {
  VirtualWorld world(kThree);
  EXPECT_TRUE(world.foreign(777, 1));
  EXPECT_FALSE(world.foreign(777, 1));
  EXPECT_TRUE(world.foreign(777, 2));
  EXPECT_EQ(world.driver().ledger().opened(), 1U);
  EXPECT_EQ(world.driver().find(777), 0U);
  EXPECT_EQ(world.driver().find(778), std::nullopt);
}

TEST(Foreign, TheLargestVersionIsOneToo) {
  VirtualWorld world(kThree);
  EXPECT_TRUE(world.foreign(kMaxVersion, 1));
  EXPECT_EQ(world.run().versions[0].version, kMaxVersion);
}

TEST(Foreign, TheInitiatorSkipsNumbersAlreadySeen) {
  VirtualWorld world(kThree);
  world.foreign(1, 0);
  world.foreign(3, 0);
  world.run();
  EXPECT_THAT(world.publishes(), ElementsAre(2, 4, 5));
}

TEST(Foreign, OneOfAPublishedVersionIsARequestLikeAnyOther) {
  VirtualWorld world(kThree);
  world.pass(kSecond);
  EXPECT_TRUE(world.foreign(1, 0)) << "the initiator's message is on its way yet";
  EXPECT_EQ(world.run().versions.size(), 3U);
}

TEST(Foreign, RequestsAreCountedApartFromMessages) {
  VirtualWorld world(kThree);
  world.driver().count_foreign();
  const measure::Outcome outcome = world.run();
  EXPECT_EQ(outcome.messages.foreign, 1U);
  EXPECT_EQ(outcome.messages.sent, 3U * (3 + 3 * 2 * 3));
}

TEST(Foreign, TheRunWaitsForThemToSettle) {
  VirtualWorld world(kThree);
  world.pass(3015 * kMillisecond);
  world.foreign(777, 0);
  const measure::Outcome outcome = world.run();
  EXPECT_EQ(outcome.duration, 3047 * kMillisecond)
      << "learned by the others at 3026, whose rounds end 21 later";
  EXPECT_EQ(outcome.versions.back().end, measure::End::committed);
}

TEST(Foreign, TheirDeadlinesMoveTheEnd) {
  VirtualWorld world(kThree);
  EXPECT_EQ(world.driver().end(), 8 * kSecond);
  world.pass(3001 * kMillisecond);
  world.foreign(777, 0);
  EXPECT_EQ(world.driver().end(), 8001 * kMillisecond);
}

// Of all versions of a run those that the initiator has yet to publish have their places.
TEST(Foreign, ThereAreAtMostAMillionVersions) {
  scenario::Scenario scenario = testing::written(kThree);
  scenario.publish.versions = kMaxVersions - 2;
  VirtualWorld world(scenario);
  EXPECT_NE(world.driver().admit(2'000'001, 0), std::nullopt);
  EXPECT_NE(world.driver().admit(2'000'002, 0), std::nullopt);
  EXPECT_EQ(world.driver().admit(2'000'003, 0), std::nullopt);
  EXPECT_EQ(world.driver().admit(2'000'001, 0), 0U) << "admitted before";
  world.pass(kSecond);
  EXPECT_EQ(world.driver().admit(2'000'003, kSecond), std::nullopt);
}

}  // namespace
}  // namespace hearsay::core
