// What skewed timers do to a run.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/core/three_nodes.hpp"

namespace hearsay::core {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

std::string skew(const std::string& factor, const std::string& more = "") {
  return on_node_0("skew", "factor = " + factor + "\n" + more, "by " + factor.substr(0, 1));
}

/// When node 0 sent its bursts, in microseconds after it learned the version.
std::vector<Tick> rounds_of_node_0(const std::string& faults) {
  VirtualWorld world(kThreeNodes + faults);
  const measure::Outcome outcome = world.run();
  EXPECT_EQ(outcome.messages.delivered + outcome.messages.failed, outcome.messages.sent);
  std::vector<Tick> rounds = sent_by_node_0(world);
  for (Tick& round : rounds) round -= kMillisecond;
  return rounds;
}

TEST(Skew, RoundsComeWhenTheTimersSaySoToTheMicrosecond) {
  EXPECT_THAT(rounds_of_node_0(skew("0.5")), ElementsAre(20'000, 40'000));
  EXPECT_THAT(rounds_of_node_0(skew("4")), ElementsAre(2'500, 5'000));
  EXPECT_THAT(rounds_of_node_0(skew("3")), ElementsAre(3'333, 6'667)) << "rounded once, not at each round";
  EXPECT_THAT(rounds_of_node_0(skew("100")), ElementsAre(100, 200));
}

TEST(Skew, RoundsToComeAreMovedWhenItBeginsAndWhenItEnds) {
  EXPECT_THAT(rounds_of_node_0(skew("0.5", "at = \"1006ms\"")), ElementsAre(15'000, 35'000));
  EXPECT_THAT(rounds_of_node_0(skew("0.5", "at = \"1016ms\"")), ElementsAre(10'000, 25'000));
  EXPECT_THAT(rounds_of_node_0(skew("0.5", "for = \"1009ms\"")), ElementsAre(14'000, 24'000));
  EXPECT_THAT(rounds_of_node_0(skew("2", "at = \"1003ms\"\nfor = \"2ms\"")), ElementsAre(8'000, 18'000));
}

TEST(Skew, OverBeforeItMattersItDoesNotMatter) {
  EXPECT_THAT(rounds_of_node_0(skew("2", "for = \"1001ms\"")), ElementsAre(10'000, 20'000));
  EXPECT_THAT(rounds_of_node_0(skew("2", "at = \"1021001us\"")), ElementsAre(10'000, 20'000));
}

TEST(Skew, FactorsMultiply) {
  EXPECT_THAT(rounds_of_node_0(skew("0.5") + skew("4")), ElementsAre(5'000, 10'000));
  EXPECT_THAT(rounds_of_node_0(skew("0.5") + skew("2")), ElementsAre(10'000, 20'000));
}

TEST(Skew, APauseHoldsTheRoundsThatAreDueMeanwhile) {
  EXPECT_THAT(rounds_of_node_0(skew("2") + on_node_0("pause", "at = \"1004ms\"\nfor = \"5ms\"")),
              ElementsAre(8'000, 10'000));
  EXPECT_THAT(
      rounds_of_node_0(skew("2", "at = \"1015ms\"") + on_node_0("pause", "at = \"1009ms\"\nfor = \"9ms\"")),
      ElementsAre(17'000, 17'000));
}

TEST(Skew, ADeathEndsTheRoundsAndTheNextLifeIsSkewedToo) {
  EXPECT_THAT(rounds_of_node_0(skew("0.5") + on_node_0("kill", "at = \"1005ms\"")), IsEmpty());
  EXPECT_THAT(rounds_of_node_0(skew("0.5") + on_node_0("kill", "at = \"1005ms\"\nrestart_after = \"1ms\"")),
              ElementsAre(31'000, 51'000))
      << "told again at 1012 ms";
}

TEST(Skew, ManyVersionsAndRoundsKeepTheirOwnTimes) {
  VirtualWorld world(R"(
cluster.nodes = 2
gossip = { fanout = 2, rounds = 3, interval = "10ms" }
publish = { versions = 3, interval = "7ms", fanout = 2, deadline = "10s" }
)" + skew("2", "at = \"19ms\""));
  world.run();
  std::vector<std::pair<Version, Tick>> rounds;
  for (const Message& message : world.sent())
    if (message.from == 0 && message.to == 0) rounds.emplace_back(message.version, message.at / 500);
  EXPECT_THAT(rounds, UnorderedElementsAre(std::pair(1, 36), std::pair(1, 47), std::pair(1, 57),
                                           std::pair(2, 44), std::pair(2, 54), std::pair(2, 64),
                                           std::pair(3, 54), std::pair(3, 64), std::pair(3, 74)));
}

}  // namespace
}  // namespace hearsay::core
