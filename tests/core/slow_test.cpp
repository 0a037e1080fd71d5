// What slowness does to a run: seven messages reach each node.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/core/three_nodes.hpp"

namespace hearsay::core {
namespace {

using ::testing::ElementsAre;

std::string slow(const std::string& delay, const std::string& more = "") {
  return kThreeNodes + on_node_0("slow", "delay = \"" + delay + "\"\n" + more);
}

std::string beside(const std::string& kind, const std::string& more) {
  return on_node_0(kind, more, "beside");
}

TEST(Slow, ANodeLearnsOnceItHasHandledWhatItWasTold) {
  VirtualWorld world(slow("5ms"));
  const measure::Outcome outcome = world.run();
  EXPECT_EQ(outcome.versions[0].latency(), 6 * kMillisecond);
  EXPECT_THAT(sent_by_node_0(world), ElementsAre(16'000, 26'000));
  EXPECT_EQ(outcome.messages.delivered, outcome.messages.sent);
}

TEST(Slow, OneMessageIsHandledAfterTheOther) {
  VirtualWorld world(slow("5ms", "at = \"1010ms\""));
  const measure::Outcome outcome = world.run();
  EXPECT_THAT(sent_by_node_0(world), ElementsAre(11'000, 21'000));
  EXPECT_EQ(outcome.duration, (1012 + 6 * 5) * kMillisecond) << "three come at 1012 ms, three at 1022 ms";
}

TEST(Slow, OnceItIsOverAllThatWaitsIsHandledAtOnce) {
  VirtualWorld world(slow("1h", "at = \"1010ms\"\nfor = \"40ms\""));
  const measure::Outcome outcome = world.run();
  EXPECT_EQ(outcome.duration, 1050 * kMillisecond);
  EXPECT_EQ(outcome.messages.delivered, outcome.messages.sent);
}

TEST(Slow, BeginsAndEndsBeforeTheArrivalsOfAnInstant) {
  EXPECT_EQ(VirtualWorld(slow("5ms", "at = \"1001ms\"")).run().versions[0].latency(), 6 * kMillisecond);
  EXPECT_EQ(VirtualWorld(slow("5ms", "at = \"1001001us\"")).run().versions[0].latency(), kMillisecond);
  EXPECT_EQ(VirtualWorld(slow("5ms", "for = \"1001ms\"")).run().versions[0].latency(), kMillisecond);
  EXPECT_EQ(VirtualWorld(slow("5ms", "for = \"1001001us\"")).run().versions[0].latency(), kMillisecond + 1);
}

TEST(Slow, SeveralTakeTheirTimesTogether) {
  VirtualWorld world(slow("5ms") + beside("slow", "delay = \"7ms\""));
  EXPECT_EQ(world.run().versions[0].latency(), 13 * kMillisecond);
}

TEST(Slow, APauseStopsWhatItHasBegun) {
  VirtualWorld world(slow("5ms") + beside("pause", "at = \"1003ms\"\nfor = \"100ms\""));
  EXPECT_EQ(world.run().versions[0].latency(), 106 * kMillisecond);
}

TEST(Slow, ADeathTakesWhatItHasBegunAndWhatWaits) {
  VirtualWorld world(slow("1h", "at = \"1010ms\"") + beside("kill", "at = \"1023ms\""));
  const measure::Outcome outcome = world.run();
  EXPECT_EQ(outcome.messages.failed, 6U);
  EXPECT_EQ(outcome.messages.delivered, outcome.messages.sent - 6);
}

TEST(Slow, WhoIsTooSlowHasItInFlightAtTheEnd) {
  const measure::Outcome outcome = VirtualWorld(slow("1h")).run();
  EXPECT_EQ(outcome.messages.in_flight, 1U + 2 * 2);
  EXPECT_EQ(outcome.versions[0].end, measure::End::lost);
}

}  // namespace
}  // namespace hearsay::core
