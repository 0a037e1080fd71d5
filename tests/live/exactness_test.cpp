// The live world against the exact law of how far `push` gets under independent loss. All draws are keyed by
// the seed and never depend on time, so that each of these tests always gives the same figures: its
// false-alarm rate of one in a million is that of the choice of the seed.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "live/cluster.hpp"
#include "tests/live/running.hpp"
#include "tests/support/exact_binomial.hpp"
#include "theory/push_law.hpp"

namespace hearsay::live {
namespace {

using measure::End;
using testing::two_sided_p_value;
using theory::push_reaches_all;

constexpr double kAlpha = 1e-6;
constexpr std::uint64_t kVersions = 1000;

struct Setting {
  unsigned nodes;
  unsigned fanout;
  unsigned rounds;
  double loss;
};

void PrintTo(const Setting& setting, std::ostream* out) {
  *out << fmt::format("M={} F={} R={} p={}", setting.nodes, setting.fanout, setting.rounds, setting.loss);
}

/// Versions overlap, and no deadline cuts them.
measure::Outcome run_setting(const Setting& setting) {
  const scenario::Scenario scenario =
      scenario_of(fmt::format("cluster.nodes = {}\n"
                              "gossip = {{ fanout = {}, rounds = {}, interval = \"10ms\" }}\n"
                              "publish = {{ versions = {}, interval = \"3ms\", deadline = \"1h\" }}\n"
                              "fault = [{{ name = \"loss\", kind = \"drop\", probability = {} }}]\n",
                              setting.nodes, setting.fanout, setting.rounds, kVersions, setting.loss));
  core::Observer observer;
  return run(scenario, observer);
}

class PushLiveStatistics : public ::testing::TestWithParam<Setting> {
 protected:
  static std::uint64_t committed(const measure::Outcome& outcome) {
    return measure::summarize(outcome).committed;
  }

  static std::uint64_t bursts_of_nodes() { return std::uint64_t{GetParam().rounds} * GetParam().fanout; }
};

TEST_P(PushLiveStatistics, AgreeWithTheExactLaw) {
  const Setting& setting = GetParam();
  const measure::Outcome outcome = run_setting(setting);
  ASSERT_EQ(outcome.versions.size(), kVersions);

  const auto law =
      push_reaches_all(setting.nodes, setting.fanout, setting.rounds, setting.loss, setting.fanout);
  EXPECT_GE(two_sided_p_value(committed(outcome), kVersions, static_cast<double>(law)), kAlpha)
      << committed(outcome) << " of " << kVersions << " committed; the law says " << law;

  const measure::Evidence& loss = outcome.faults.at(0);
  EXPECT_EQ(loss.hit, outcome.messages.dropped);
  EXPECT_GE(two_sided_p_value(loss.hit, outcome.messages.sent, setting.loss), kAlpha)
      << loss.hit << " of " << outcome.messages.sent << " dropped";
  EXPECT_EQ(loss.eligible, loss.off ? 0 : outcome.messages.sent);

  for (const measure::VersionRecord& version : outcome.versions) {
    EXPECT_EQ(version.sent, setting.fanout + version.learnings * bursts_of_nodes()) << version.version;
    EXPECT_EQ(version.end == End::committed, version.learnings == setting.nodes) << version.version;
  }
  EXPECT_EQ(outcome.messages.failed, 0U);
  EXPECT_EQ(outcome.messages.in_flight, 0U);
  expect_balanced(outcome);
}

INSTANTIATE_TEST_SUITE_P(All, PushLiveStatistics,
                         ::testing::Values(Setting{6, 3, 5, 0.3}, Setting{6, 1, 5, 0}, Setting{20, 2, 5, 0.4},
                                           Setting{6, 2, 1, 0.2}));

/// M · R · F + F messages for a version that all learned.
TEST(PushLive, AVersionCostsWhatItsBurstsSend) {
  const scenario::Scenario scenario = scenario_of(
      "cluster.nodes = 9\ngossip = { fanout = 4, rounds = 3, interval = \"10ms\" }\n"
      "publish = { versions = 20, interval = \"3ms\", fanout = 2, deadline = \"1h\" }");
  core::Observer observer;
  const measure::Outcome outcome = run(scenario, observer);
  ASSERT_EQ(outcome.versions.size(), 20U);
  for (const measure::VersionRecord& version : outcome.versions) {
    ASSERT_EQ(version.end, End::committed);
    EXPECT_EQ(version.sent, 9U * 3 * 4 + 2);
  }
  EXPECT_EQ(outcome.messages.sent, outcome.messages.delivered);
}

TEST(PushLive, OneSeedDrawsTheSameWhateverTheTiming) {
  const auto digest = [](const char* seed) {
    const scenario::Scenario scenario =
        scenario_of(std::string(seed) +
                    "cluster.nodes = 10\ngossip = { fanout = 2, rounds = 2, interval = \"5ms\" }\n"
                    "publish = { versions = 30, interval = \"2ms\", deadline = \"1h\" }\n"
                    "fault = [{ name = \"loss\", kind = \"drop\", probability = \"50%\" }]");
    core::Observer observer;
    const measure::Outcome outcome = run(scenario, observer);
    return to_string(outcome.learned_digest) + fmt::format(" {}", outcome.messages.dropped);
  };
  EXPECT_EQ(digest("seed = 5\n"), digest("seed = 5\n"));
  EXPECT_NE(digest("seed = 5\n"), digest("seed = 6\n"));
}

}  // namespace
}  // namespace hearsay::live
