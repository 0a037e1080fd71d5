// How often a version reaches every node, against the exact law of it.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/core/virtual_world.hpp"
#include "tests/support/exact_binomial.hpp"
#include "theory/push_law.hpp"

namespace hearsay::core {
namespace {

struct Setting {
  unsigned nodes;
  unsigned fanout;
  unsigned rounds;
  double loss;
  unsigned publish_fanout;
};

constexpr int kSeeds = 20;
constexpr int kVersions = 500;

scenario::Scenario scenario_of(const Setting& setting, int seed) {
  return testing::written(fmt::format(R"(
seed = {}
cluster.nodes = {}
network.latency = "1ms..80ms"
gossip.fanout = {}
gossip.rounds = {}
gossip.interval = "50ms"
publish.versions = {}
publish.interval = "10ms"
publish.deadline = "1h"
publish.fanout = {}
[[fault]]
name = "wifi"
kind = "drop"
probability = {}
)",
                                      seed, setting.nodes, setting.fanout, setting.rounds, kVersions,
                                      setting.publish_fanout, setting.loss));
}

std::uint64_t commits(const Setting& setting) {
  std::uint64_t committed = 0;
  for (int seed = 1; seed <= kSeeds; ++seed)
    committed += measure::summarize(VirtualWorld(scenario_of(setting, seed)).run()).committed;
  return committed;
}

double probability(const Setting& s) {
  return static_cast<double>(theory::push_reaches_all(s.nodes, s.fanout, s.rounds, s.loss, s.publish_fanout));
}

double p_value(std::uint64_t committed, const Setting& setting) {
  return testing::two_sided_p_value(committed, kSeeds * kVersions, probability(setting));
}

// 10,000 versions a setting. A right program fails one with probability at most one in a million.
TEST(ReachStatistics, IsThatOfTheExactLaw) {
  for (const Setting& setting : {Setting{6, 3, 5, 0.3, 3}, Setting{6, 1, 5, 0, 1}, Setting{20, 2, 5, 0.4, 2},
                                 Setting{10, 2, 3, 0.5, 4}})
    EXPECT_GT(p_value(commits(setting), setting), 1e-6) << setting.nodes << " nodes, " << setting.loss;
}

// As many versions refute laws that are only slightly off, so the agreement above means something.
TEST(ReachStatistics, RefutesOtherLaws) {
  const std::uint64_t committed = commits({10, 2, 3, 0.5, 4});
  for (const Setting& other : {Setting{10, 2, 3, 0.52, 4}, Setting{10, 2, 3, 0.5, 3},
                               Setting{10, 2, 4, 0.5, 4}, Setting{11, 2, 3, 0.5, 4}})
    EXPECT_LT(p_value(committed, other), 1e-6) << probability(other);
}

}  // namespace
}  // namespace hearsay::core
