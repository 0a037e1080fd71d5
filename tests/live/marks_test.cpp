// What faults mark is really done to the messages of the live world.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "live/cluster.hpp"
#include "tests/live/running.hpp"

namespace hearsay::live {
namespace {

constexpr std::uint64_t kNodes = 5;

struct Result {
  measure::Outcome outcome;
  std::uint64_t connections = 0;
};

/// Each version is told to one node, which tells nobody.
Result run_with(const std::string& fault) {
  const scenario::Scenario scenario =
      scenario_of(fmt::format("cluster.nodes = {}\n"
                              "gossip = {{ fanout = 1, rounds = 0 }}\n"
                              "publish = {{ versions = 40, interval = \"2ms\", deadline = \"100ms\" }}\n"
                              "fault = [{{ name = \"it\", {} }}]\n",
                              kNodes, fault));
  core::Observer observer;
  Cluster cluster(scenario, observer);
  Result result{cluster.run()};
  result.connections = cluster.connections();
  expect_balanced(result.outcome);
  EXPECT_EQ(result.outcome.faults.at(0).hit, 40U);
  EXPECT_EQ(result.outcome.messages.foreign, 0U);
  return result;
}

TEST(Marks, WithoutAnyConnectionsAreKept) {
  const Result result = run_with("kind = \"delay\", delay = \"1us\"");
  EXPECT_EQ(result.outcome.messages.delivered, 40U);
  EXPECT_LE(result.connections, kNodes);
}

TEST(Marks, AGarbledMessageIsTakenInAndRejectedOverAConnectionThatIsKept) {
  const Result result = run_with("kind = \"corrupt\", probability = 1");
  EXPECT_EQ(result.outcome.messages.delivered, 40U);
  EXPECT_EQ(result.outcome.messages.rejected, 40U);
  EXPECT_EQ(measure::summarize(result.outcome).never_entered, 40U);
  EXPECT_LE(result.connections, kNodes);
}

/// The last ones of all may still wait when the run ends.
TEST(Marks, AResetCutsItsConnectionEachTimeAndNobodyTakesItIn) {
  const Result result = run_with("kind = \"reset\", probability = 1");
  EXPECT_EQ(result.outcome.messages.dropped, 40U);
  EXPECT_EQ(measure::summarize(result.outcome).never_entered, 40U);
  EXPECT_GE(result.connections, 40U - kNodes);
}

TEST(Marks, AMessageWithoutAResponseIsTakenInAndItsConnectionGone) {
  const Result result = run_with("kind = \"drop\", probability = 1, what = \"response\"");
  EXPECT_EQ(result.outcome.messages.delivered, 40U);
  EXPECT_EQ(measure::summarize(result.outcome).never_entered, 0U);
  EXPECT_GE(result.connections, 40U - kNodes);
}

}  // namespace
}  // namespace hearsay::live
