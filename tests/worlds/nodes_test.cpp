// Faults on nodes in the simulated and in the live world: the same evidence, and the same messages where no
// time decides about them.

#include <gtest/gtest.h>

#include <string>

#include "live/cluster.hpp"
#include "sim/simulation.hpp"
#include "tests/support/written.hpp"

namespace hearsay {
namespace {

struct NodeCase {
  const char* kind;
  const char* more;
  bool timeless;  // what it does changes when messages arrive, and nothing else
};

void PrintTo(const NodeCase& each, std::ostream* out) { *out << each.kind; }

class FaultOnNodes : public ::testing::TestWithParam<NodeCase> {
 protected:
  static scenario::Scenario scenario() {
    return testing::written(std::string(R"(
cluster.nodes = 10
gossip = { fanout = 3, rounds = 4, interval = "40ms" }
publish = { versions = 12, interval = "20ms", deadline = "1h" }
[[fault]]
name = "loss"
kind = "drop"
probability = "40%"
[[fault]]
name = "it"
kind = ")") + GetParam().kind +
                            "\"\n" + GetParam().more);
  }
};

TEST_P(FaultOnNodes, HasTheSameEvidenceInBothWorlds) {
  core::Observer observer;
  const measure::Outcome sim = sim::run(scenario(), observer);
  const measure::Outcome live = live::run(scenario(), observer);
  const measure::Evidence& here = sim.faults.at(1);
  const measure::Evidence& there = live.faults.at(1);
  EXPECT_GT(here.hit, 0U);
  EXPECT_EQ(here.eligible, there.eligible);
  EXPECT_EQ(here.hit, there.hit);
  EXPECT_EQ(here.times, there.times);
  EXPECT_EQ(here.instants, there.instants);
  if (!GetParam().timeless) return;
  EXPECT_EQ(to_string(sim.learned_digest), to_string(live.learned_digest));
  EXPECT_EQ(sim.messages.sent, live.messages.sent);
  EXPECT_EQ(sim.messages.dropped, live.messages.dropped);
  EXPECT_EQ(sim.messages.delivered, live.messages.delivered);
  EXPECT_EQ(live.messages.in_flight, 0U);
}

// The last version enters at 240 ms and has rounds 160 ms later still: all of them act before that.
INSTANTIATE_TEST_SUITE_P(
    Kinds, FaultOnNodes,
    ::testing::Values(
        NodeCase{"churn", "rate = 100\nat = \"30ms\"\nfor = \"150ms\"\nrestart_after = \"1ms..30ms\"", false},
        NodeCase{
            "kill",
            "nodes = { count = 2 }\nat = \"50ms\"\nevery = \"30ms\"\nrestart_after = \"10ms\"\nlimit = 9",
            false},
        NodeCase{"pause",
                 "nodes = { count = 4 }\nat = \"30ms\"\nfor = \"50ms\"\nevery = \"60ms\"\nlimit = 11", true},
        NodeCase{"skew", "nodes = { share = \"50%\" }\nfactor = 2.5\nfor = \"100ms\"", true},
        NodeCase{"slow", "nodes = [2, \"5..7\"]\ndelay = \"1ms..5ms\"\nfor = \"150ms\"", true}),
    [](const auto& each) { return each.param.kind; });

}  // namespace
}  // namespace hearsay
