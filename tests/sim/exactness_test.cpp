// The simulated world against the exact law of how far `push` gets under independent loss.
//
// With loss alone the versions of a run are independent: every draw is keyed by its version, and no deadline
// cuts any of them off. So one run of 20,000 versions is as good as 20,000 runs. All draws are keyed by the
// seed too, so that each of these tests always gives the same figures. False alarms: three in a million of
// all seeds a setting (commits, reach, loss). The bound proves the point: a chance to commit that is off by
// two in a hundred is more than five standard deviations away.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "sim/simulation.hpp"
#include "tests/support/exact_binomial.hpp"
#include "tests/support/written.hpp"
#include "theory/push_law.hpp"

namespace hearsay::sim {
namespace {

using testing::two_sided_p_value;

constexpr double kAlpha = 1e-6;
constexpr std::uint64_t kVersions = 20'000;

struct Setting {
  unsigned nodes;
  unsigned fanout;
  unsigned rounds;
  double loss;
  const char* first = "after-interval";
};

void PrintTo(const Setting& setting, std::ostream* out) {
  *out << fmt::format("M={} F={} R={} p={} {}", setting.nodes, setting.fanout, setting.rounds, setting.loss,
                      setting.first);
}

/// Versions overlap, and no deadline cuts them.
measure::Outcome run_setting(const Setting& setting) {
  const scenario::Scenario scenario = testing::written(
      fmt::format("cluster.nodes = {}\n"
                  "network.latency = \"1ms..5ms\"\n"
                  "gossip = {{ fanout = {}, rounds = {}, interval = \"20ms\", first = \"{}\" }}\n"
                  "publish = {{ versions = {}, interval = \"30ms\", deadline = \"1h\" }}\n"
                  "fault = [{{ name = \"loss\", kind = \"drop\", probability = {} }}]\n",
                  setting.nodes, setting.fanout, setting.rounds, setting.first, kVersions, setting.loss));
  core::Observer observer;
  return run(scenario, observer);
}

class PushSimStatistics : public ::testing::TestWithParam<Setting> {};

/// The p-value of how often the most surprising number of nodes learned a version, times their number
/// (Bonferroni).
double p_value(const measure::Outcome& outcome, const std::vector<long double>& law) {
  std::vector<std::uint64_t> counts(law.size());
  for (const measure::VersionRecord& version : outcome.versions) ++counts.at(version.learnings);
  double least = 1;
  for (std::size_t reach = 0; reach < law.size(); ++reach) {
    const double probability = std::clamp(static_cast<double>(law[reach]), 0.0, 1.0);
    least = std::min(least, two_sided_p_value(counts[reach], kVersions, probability));
  }
  return std::min(1.0, least * static_cast<double>(law.size()));
}

void expect_costs(const measure::Outcome& outcome, const Setting& setting) {
  const std::uint64_t of_a_node = std::uint64_t{setting.rounds} * setting.fanout;
  for (const measure::VersionRecord& version : outcome.versions) {
    ASSERT_EQ(version.sent, version.learnings * of_a_node + setting.fanout) << version.version;
    ASSERT_EQ(version.end == measure::End::committed, version.learnings == setting.nodes) << version.version;
  }
  EXPECT_EQ(outcome.messages.in_flight, 0U);
  EXPECT_EQ(outcome.messages.failed, 0U);
}

TEST_P(PushSimStatistics, AgreeWithTheExactLaw) {
  const Setting& setting = GetParam();
  const measure::Outcome outcome = run_setting(setting);
  ASSERT_EQ(outcome.versions.size(), kVersions);

  const std::vector<long double> law =
      theory::push_final_reach(setting.nodes, setting.fanout, setting.rounds, setting.loss, setting.fanout);
  const std::uint64_t committed = measure::summarize(outcome).committed;
  const double of_commits = two_sided_p_value(committed, kVersions, static_cast<double>(law.back()));
  const double of_reach = p_value(outcome, law);
  EXPECT_GE(of_commits, kAlpha) << committed << " of " << kVersions << "; the law says " << law.back();
  EXPECT_GE(of_reach, kAlpha);

  const measure::Evidence& loss = outcome.faults.at(0);
  EXPECT_EQ(loss.eligible, loss.off ? 0 : outcome.messages.sent);
  EXPECT_EQ(loss.hit, outcome.messages.dropped);
  const double of_loss = two_sided_p_value(loss.hit, outcome.messages.sent, setting.loss);
  EXPECT_GE(of_loss, kAlpha) << loss.hit << " of " << outcome.messages.sent;
  expect_costs(outcome, setting);
  fmt::print("  committed {:.4f}, by the law {:.4f}; p-values: commits {:.3g}, reach {:.3g}, loss {:.3g}\n",
             static_cast<double>(committed) / kVersions, law.back(), of_commits, of_reach, of_loss);
}

INSTANTIATE_TEST_SUITE_P(All, PushSimStatistics,
                         ::testing::Values(Setting{2, 1, 1, 0}, Setting{2, 2, 6, 0.8}, Setting{3, 3, 4, 0.8},
                                           Setting{5, 1, 6, 0.5}, Setting{6, 3, 5, 0.3},
                                           Setting{10, 4, 4, 0.7}, Setting{20, 1, 6, 0.3, "at-once"},
                                           Setting{20, 2, 5, 0.6}, Setting{50, 1, 5, 0.1},
                                           Setting{50, 3, 6, 0.7, "at-once"}, Setting{100, 2, 4, 0.3},
                                           Setting{150, 3, 2, 0.1, "at-once"}, Setting{200, 2, 3, 0},
                                           Setting{200, 4, 3, 0.5}));

/// What the agreement above means: the law of two more percent of loss is refuted.
TEST(ExactnessStatistics, RefuteAnotherLoss) {
  const Setting setting{20, 2, 5, 0.6};
  const std::uint64_t committed = measure::summarize(run_setting(setting)).committed;
  const auto law =
      theory::push_reaches_all(setting.nodes, setting.fanout, setting.rounds, 0.62, setting.fanout);
  EXPECT_LT(two_sided_p_value(committed, kVersions, static_cast<double>(law)), kAlpha);
}

}  // namespace
}  // namespace hearsay::sim
