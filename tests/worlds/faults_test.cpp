// Every kind of fault on messages in both worlds: one scenario, the same evidence and the same account.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "live/cluster.hpp"
#include "sim/simulation.hpp"
#include "tests/support/written.hpp"

namespace hearsay {
namespace {

measure::Outcome outcome_of(const std::string& world, const std::string& toml) {
  core::Observer observer;
  const scenario::Scenario scenario = testing::written(toml);
  return world == "sim" ? sim::run(scenario, observer) : live::run(scenario, observer);
}

struct Case {
  std::string name;
  std::string faults;
};

void PrintTo(const Case& each, std::ostream* out) { *out << each.name; }

/// Rules without a clock or a memory: nothing they draw depends on how fast the machine is.
const std::vector<Case> kCases = {
    {"drop", R"({ name = "a", kind = "drop", probability = "30%" })"},
    {"response", R"({ name = "a", kind = "drop", probability = "30%", what = "response" })"},
    {"both", R"({ name = "a", kind = "drop", probability = "30%", what = "both" })"},
    {"delay", R"({ name = "a", kind = "delay", delay = "1ms..3ms" })"},
    {"duplicate", R"({ name = "a", kind = "duplicate", probability = "40%", copies = 2 })"},
    {"corrupt", R"({ name = "a", kind = "corrupt", probability = "40%" })"},
    {"reset", R"({ name = "a", kind = "reset", probability = "40%" })"},
    {"partition", R"({ name = "a", kind = "partition", between = ["0..2", "3..7"] })"},
    {"all", R"({ name = "a", kind = "duplicate", probability = "40%" },
               { name = "b", kind = "corrupt", probability = "20%", to = { share = "50%" } },
               { name = "c", kind = "drop", probability = "20%", what = "both" },
               { name = "d", kind = "reset", probability = "20%" },
               { name = "e", kind = "duplicate", probability = "10%" },
               { name = "f", kind = "delay", delay = "1ms" })"},
};

/// Rules with a memory, where nothing is sent but what the initiator publishes: in its order, whatever the
/// machine does. Those of the throttle that wait do so for longer than all publishes take.
const std::vector<Case> kOrdered = {
    {"burst", R"({ name = "a", kind = "burst", probability = "30%", burst_length = 3 })"},
    {"correlated", R"({ name = "a", kind = "delay", delay = "1ms..3ms", correlation = "50%" })"},
    {"reorder", R"({ name = "a", kind = "reorder", probability = "40%", behind = 2, at_most = "50ms" })"},
    {"overtaken", R"({ name = "a", kind = "reorder", probability = "40%", delay = "3ms" })"},
    {"throttle", R"({ name = "a", kind = "throttle", rate = "3/s", queue = 2 })"},
    {"stale", R"({ name = "a", kind = "stale", probability = "40%" })"},
    {"all", R"({ name = "a", kind = "stale", probability = "40%" },
               { name = "b", kind = "burst", probability = "20%", burst_length = 2, scope = "all" },
               { name = "c", kind = "reorder", probability = "40%", behind = 3, scope = "from", at_most = "50ms" },
               { name = "d", kind = "duplicate", probability = "30%" },
               { name = "e", kind = "burst", p = "10%", r = "50%", 1-k = "5%", scope = "link" })"},
};

void expect_the_same(const std::string& toml) {
  const measure::Outcome live = outcome_of("live", toml);
  const measure::Outcome sim = outcome_of("sim", toml);
  EXPECT_EQ(to_string(live.learned_digest), to_string(sim.learned_digest));
  EXPECT_EQ(live.messages.sent, sim.messages.sent);
  EXPECT_EQ(live.messages.delivered, sim.messages.delivered);
  EXPECT_EQ(live.messages.dropped, sim.messages.dropped);
  EXPECT_EQ(live.messages.duplicated, sim.messages.duplicated);
  EXPECT_EQ(live.messages.delayed, sim.messages.delayed);
  EXPECT_EQ(live.messages.rejected, sim.messages.rejected);
  for (const measure::Outcome* outcome : {&live, &sim}) {
    EXPECT_EQ(outcome->messages.failed, 0U);
    EXPECT_EQ(outcome->messages.in_flight, 0U);
    EXPECT_EQ(outcome->messages.foreign, 0U);
  }
  ASSERT_EQ(live.faults.size(), sim.faults.size());
  for (std::size_t fault = 0; fault < live.faults.size(); ++fault) {
    EXPECT_GT(live.faults[fault].hit, 0U);
    EXPECT_EQ(live.faults[fault].eligible, sim.faults[fault].eligible) << live.faults[fault].name;
    EXPECT_EQ(live.faults[fault].hit, sim.faults[fault].hit) << live.faults[fault].name;
  }
}

class FaultInBothWorlds : public ::testing::TestWithParam<Case> {};

TEST_P(FaultInBothWorlds, LeavesTheSameEvidenceAndTheSameAccount) {
  expect_the_same(R"(
seed = 5
cluster.nodes = 8
gossip = { fanout = 2, rounds = 3, interval = "5ms" }
publish = { versions = 25, interval = "2ms", deadline = "1h" }
fault = [)" + GetParam().faults +
                  "]\n");
}

class OrderedFaultInBothWorlds : public ::testing::TestWithParam<Case> {};

TEST_P(OrderedFaultInBothWorlds, LeavesTheSameEvidenceAndTheSameAccount) {
  expect_the_same(R"(
seed = 5
cluster.nodes = 8
gossip = { fanout = 2, rounds = 0 }
publish = { versions = 12, interval = "0s", fanout = 6, deadline = "1h" }
fault = [)" + GetParam().faults +
                  "]\n");
}

INSTANTIATE_TEST_SUITE_P(Kinds, FaultInBothWorlds, ::testing::ValuesIn(kCases),
                         [](const auto& each) { return each.param.name; });

INSTANTIATE_TEST_SUITE_P(Kinds, OrderedFaultInBothWorlds, ::testing::ValuesIn(kOrdered),
                         [](const auto& each) { return each.param.name; });

}  // namespace
}  // namespace hearsay
