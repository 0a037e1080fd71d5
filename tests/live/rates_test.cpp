// Faults follow their distributions in the live world too. All draws are keyed by the seed, and nothing is
// sent but what the initiator publishes, so that a fault always gives the same figures: the false-alarm rate
// of one in 10^9 is that of the choice of the seed.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "live/cluster.hpp"
#include "tests/live/running.hpp"
#include "tests/support/chi_square.hpp"
#include "tests/support/duration_laws.hpp"
#include "tests/support/exact_binomial.hpp"
#include "tests/support/kolmogorov_smirnov.hpp"
#include "tests/support/loss_runs.hpp"
#include "tests/support/uniformity.hpp"

namespace hearsay::live {
namespace {

scenario::Scenario published_only(const std::string& fault, int versions = 200) {
  return scenario_of(
      fmt::format("seed = 3\ncluster.nodes = 12\n"
                  "gossip = {{ fanout = 1, rounds = 0 }}\n"
                  "publish = {{ versions = {}, interval = \"1ms\", fanout = 10, deadline = \"1h\" }}\n"
                  "fault = [{{ name = \"it\", {} }}]\n",
                  versions, fault));
}

class RatesLiveStatistics : public ::testing::TestWithParam<std::string> {};

// 2,000 messages refute a rate that is off by 0.07.
TEST_P(RatesLiveStatistics, AreThoseThatAreWritten) {
  const scenario::Scenario scenario = published_only("probability = \"30%\", kind = " + GetParam());
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

/// Keeps what became of every message, in the order in which they were sent.
class Sends final : public core::Observer, public measure::EventSink {
 public:
  measure::EventSink* events() override { return this; }
  void happened(const measure::Event& event) override {
    if (event.kind == measure::Event::Kind::send) all.push_back(event);
  }
  void reached(Tick) override {}

  std::vector<measure::Event> all;
};

// 2,000 delays each: a distribution function that is off by 0.11 anywhere fails almost surely.
TEST(DelayLiveStatistics, EveryDistributionIsWhatItsFormulaSays) {
  for (const testing::DurationLaw& law : testing::duration_laws()) {
    const scenario::Scenario scenario = published_only("kind = \"delay\", delay = " + law.written);
    Sends sends;
    const measure::Outcome outcome = run(scenario, sends);
    EXPECT_EQ(outcome.messages.delivered, 2'000U);
    std::vector<double> delays;
    for (const measure::Event& send : sends.all) delays.push_back(send.duration);
    EXPECT_GT(testing::kolmogorov_smirnov_p_value(delays, law.distribution), testing::kFalseAlarm)
        << law.written;
  }
}

// Some 2,000 runs among 10,000 messages: runs that go on with a chance that is off by 0.1 fail almost surely.
TEST(BurstLiveStatistics, RunsOfLossesOfEachReceiverAreGeometricWithTheirMean) {
  constexpr std::size_t kKinds = 5;
  const scenario::Scenario scenario =
      published_only("kind = \"burst\", scope = \"to\", probability = 0.5, burst_length = 2.5", 1'000);
  Sends sends;
  const measure::Outcome outcome = run(scenario, sends);
  EXPECT_EQ(sends.all.size(), 10'000U);
  expect_balanced(outcome);
  std::map<NodeId, std::vector<bool>> lost;
  for (const measure::Event& send : sends.all) lost[send.to].push_back(send.fate != kGoesOn);
  std::vector<std::uint64_t> runs(kKinds);
  for (const auto& [to, losses] : lost) {
    const std::vector<std::uint64_t> of_one = testing::runs_of(losses, kKinds);
    std::transform(runs.begin(), runs.end(), of_one.begin(), runs.begin(), std::plus());
  }
  EXPECT_GT(testing::chi_square_p_value(runs, testing::geometric(2.5, kKinds)), testing::kFalseAlarm);
}

}  // namespace
}  // namespace hearsay::live
