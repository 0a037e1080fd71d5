// The faults with a chance hit the messages of the live world at their rates. All draws are keyed by the
// seed, and nothing is sent but what the initiator publishes, so that a kind always gives the same figures:
// the false-alarm rate of one in 10^9 is that of the choice of the seed. 2,000 messages refute a rate that is
// off by 0.07.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "live/cluster.hpp"
#include "tests/live/running.hpp"
#include "tests/support/exact_binomial.hpp"
#include "tests/support/uniformity.hpp"

namespace hearsay::live {
namespace {

class RatesLiveStatistics : public ::testing::TestWithParam<std::string> {};

TEST_P(RatesLiveStatistics, AreThoseThatAreWritten) {
  const scenario::Scenario scenario = scenario_of(
      fmt::format("seed = 3\ncluster.nodes = 12\n"
                  "gossip = {{ fanout = 1, rounds = 0 }}\n"
                  "publish = {{ versions = 200, interval = \"1ms\", fanout = 10, deadline = \"1h\" }}\n"
                  "fault = [{{ name = \"it\", probability = \"30%\", kind = {} }}]\n",
                  GetParam()));
  core::Observer observer;
  const measure::Outcome outcome = run(scenario, observer);
  const measure::Evidence& evidence = outcome.faults.at(0);
  EXPECT_EQ(evidence.eligible, 2'000U);
  EXPECT_GT(testing::two_sided_p_value(evidence.hit, evidence.eligible, 0.3), testing::kFalseAlarm)
      << evidence.hit;
  EXPECT_EQ(outcome.messages.in_flight, 0U);
  EXPECT_EQ(outcome.messages.failed, 0U);
  expect_balanced(outcome);
}

INSTANTIATE_TEST_SUITE_P(Kinds, RatesLiveStatistics,
                         ::testing::Values("\"drop\"", "\"drop\", what = \"response\"", "\"corrupt\"",
                                           "\"duplicate\"", "\"reset\"", "\"reorder\", delay = \"2ms\"",
                                           "\"reorder\", behind = 2, at_most = \"20ms\""));

}  // namespace
}  // namespace hearsay::live
