#include "theory/commit_chance.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/written.hpp"
#include "theory/push_law.hpp"

namespace hearsay::theory {
namespace {

std::optional<double> chance(const std::string& more, const std::string& first = "cluster.nodes = 50\n") {
  return commit_chance(testing::written(first + more));
}

double law(double loss, unsigned nodes = 50) {
  return static_cast<double>(push_reaches_all(nodes, 3, 5, loss, 3));
}

TEST(CommitChance, WithoutFaultsIsThatOfTheTargetsAlone) { EXPECT_EQ(chance(""), law(0)); }

TEST(CommitChance, LossesMultiply) {
  const auto found = chance(R"(
fault = [{ name = "a", kind = "drop", probability = 0.5 }, { name = "b", kind = "drop", probability = 0.2 },
         { name = "off", kind = "drop", probability = 0, to = 3 }])");
  ASSERT_TRUE(found);
  EXPECT_NEAR(*found, law(0.6), 1e-12);
}

TEST(CommitChance, DelaysHaveNoSay) {
  EXPECT_EQ(chance("fault = [{ name = \"a\", kind = \"delay\", delay = \"1s\", to = 3 }]"), law(0));
}

TEST(CommitChance, FanoutsAreThoseOfTheScenario) {
  EXPECT_EQ(chance("gossip = { fanout = 4, rounds = 2 }\npublish.fanout = 1\n"),
            static_cast<double>(push_reaches_all(50, 4, 2, 0, 1)));
}

TEST(CommitChance, IsNotKnownForAnythingElse) {
  for (const char* fault : {
           R"({ name = "a", kind = "drop", probability = 0.5, to = 3 })",
           R"({ name = "a", kind = "drop", probability = 0.5, from = "0..48" })",
           R"({ name = "a", kind = "drop", probability = 0.5, at = "2s" })",
           R"({ name = "a", kind = "drop", probability = 0.5, for = "20s" })",
           R"({ name = "a", kind = "kill", nodes = 3, at = "5s" })",
       }) {
    EXPECT_EQ(chance("fault = [" + std::string(fault) + "]"), std::nullopt) << fault;
  }
}

TEST(CommitChance, IsNotKnownForLossesThatEndOrGrow) {
  scenario::Scenario scenario =
      testing::written("cluster.nodes = 50\nfault = [{ name = \"a\", kind = \"drop\", probability = 0.5 }]");
  scenario.faults[0].limit = 3;
  EXPECT_EQ(commit_chance(scenario), std::nullopt);
  scenario.faults[0].limit.reset();
  scenario.faults[0].ramp = {.parameter = "probability", .from = 0, .to = 1, .over = kSecond};
  EXPECT_EQ(commit_chance(scenario), std::nullopt);
}

TEST(CommitChance, IsNotKnownWhereTheDeadlineMayCut) {
  EXPECT_TRUE(chance("publish.deadline = \"30s\""));
  EXPECT_EQ(chance("publish.deadline = \"29s\""), std::nullopt);
}

TEST(CommitChance, LargeClustersWouldTakeTooLong) {
  const std::string patient = "publish.deadline = \"5m\"\n";
  EXPECT_TRUE(chance(patient, "cluster.nodes = 1000\n"));
  EXPECT_EQ(chance(patient, "cluster.nodes = 100000\n"), std::nullopt);
  EXPECT_EQ(chance(patient + "gossip.fanout = 2000\n", "cluster.nodes = 2000\n"), std::nullopt);
}

}  // namespace
}  // namespace hearsay::theory
