// The fast engine against the plain heap: the same events, and so the same outcome, whatever the length of
// its windows.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "scenario/reader.hpp"
#include "sim/heap.hpp"
#include "sim/simulation.hpp"
#include "tests/sim/any_scenario.hpp"
#include "tests/sim/engines.hpp"
#include "tests/support/sanitized.hpp"
#include "tests/support/scenario_folder.hpp"
#include "tests/support/written.hpp"

namespace hearsay::sim {
namespace {

constexpr unsigned kMostBits = 16;

Engine as_run() {
  return [](const scenario::Scenario& scenario, core::Observer& observer) { return run(scenario, observer); };
}

/// One that is too large for a heap is made smaller. `hearsay-study engines` does those at their full size.
scenario::Scenario scenario_of(const std::string& name) {
  constexpr NodeId kLarge = testing::kSanitized ? 200 : 10'000;
  const std::string file = testing::scenario_file(name);
  scenario::Scenario scenario = scenario::read(file, testing::all_known());
  if (scenario.cluster.nodes <= kLarge) return scenario;
  return scenario::read(file, testing::all_known(), {fmt::format("cluster.nodes={}", kLarge)});
}

class EnginesOnScenario : public ::testing::TestWithParam<std::string> {};

TEST_P(EnginesOnScenario, Agree) {
  const scenario::Scenario scenario = scenario_of(GetParam());
  EXPECT_EQ(difference(scenario, run_by_heap, as_run()), "");
  for (const unsigned bits : {0U, 5U, 10U, kMostBits})
    EXPECT_EQ(difference(scenario, run_by_heap, windowed(bits)), "") << bits << " bits";
}

INSTANTIATE_TEST_SUITE_P(Folder, EnginesOnScenario, ::testing::ValuesIn(testing::scenario_names()),
                         testing::letters_of);

class EnginesOnAnything : public ::testing::TestWithParam<int> {};

/// Two lengths of windows for each scenario, so that each meets all kinds of scenarios.
TEST_P(EnginesOnAnything, Agree) {
  constexpr int kOfEach = testing::kSanitized ? 50 : 1'000;
  for (int number = GetParam() * kOfEach; number < (GetParam() + 1) * kOfEach; ++number) {
    const std::string toml = any_scenario(static_cast<std::uint64_t>(number));
    const scenario::Scenario scenario = testing::written(toml);
    const auto turn = static_cast<unsigned>(number);
    for (const unsigned bits : {turn % 5, turn % (kMostBits + 1)})
      ASSERT_EQ(difference(scenario, run_by_heap, windowed(bits)), "") << bits << " bits\n" << toml;
  }
}

INSTANTIATE_TEST_SUITE_P(Thousands, EnginesOnAnything, ::testing::Range(0, 8));

TEST(Engines, TellTheSameEventsInTime) {
  constexpr std::uint64_t kScenarios = testing::kSanitized ? 40 : 400;
  for (std::uint64_t number = 100'000; number < 100'000 + kScenarios; ++number) {
    const std::string toml = any_scenario(number);
    const auto bits = static_cast<unsigned>(number % (kMostBits + 1));
    ASSERT_EQ(difference_of_events(testing::written(toml), run_by_heap, windowed(bits)), "")
        << bits << " bits\n"
        << toml;
  }
}

/// What the comparison above means: it sees a message that is lost, and says which.
TEST(Engines, AreToldApart) {
  const scenario::Scenario scenario = testing::written("cluster.nodes = 5");
  const Engine lossy = [](const scenario::Scenario& whole, core::Observer& observer) {
    scenario::Scenario changed = whole;
    changed.gossip.rounds = 4;
    return run(changed, observer);
  };
  EXPECT_NE(difference(scenario, run_by_heap, lossy).find("send version 1"), std::string::npos);
}

/// The numbers above make all of these happen, and not rarely. Compilers take an author's draws in different
/// orders and so write different scenarios: the bounds leave room for that.
TEST(EnginesStatistics, AnythingIsManifold) {
  int committed = 0;
  int lost = 0;
  int cut = 0;
  int refused = 0;
  int dropped = 0;
  int delayed = 0;
  int full = 0;
  std::map<std::string, int> hits = {{"churn", 0}, {"kill", 0}, {"pause", 0}, {"skew", 0}, {"slow", 0}};
  constexpr int kScenarios = 500;
  for (int number = 0; number < kScenarios; ++number) {
    core::Observer observer;
    const measure::Outcome outcome =
        run(testing::written(any_scenario(static_cast<std::uint64_t>(number))), observer);
    const measure::Summary summary = measure::summarize(outcome);
    committed += summary.committed > 0;
    lost += summary.lost > 0;
    cut += outcome.messages.in_flight > 0;
    refused += outcome.messages.failed > 0;
    dropped += outcome.messages.dropped > 0;
    delayed += outcome.messages.delayed > 0;
    full += outcome.nodes > Batch::kMostBursts;
    for (const measure::Evidence& fault : outcome.faults) hits[fault.kind] += fault.hit > 0;
  }
  for (const int often : {committed, lost, cut, refused, dropped, delayed}) EXPECT_GT(often, kScenarios / 20);
  for (const auto& [kind, often] : hits) EXPECT_GT(often, kScenarios / 60) << kind;
  EXPECT_GT(full, 0);
}

}  // namespace
}  // namespace hearsay::sim
