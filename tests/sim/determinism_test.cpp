// Same scenario, same seed: the same events, however a run is cut into windows, listened to, or added to what
// does nothing.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <iterator>
#include <string>

#include "sim/heap.hpp"
#include "sim/simulation.hpp"
#include "tests/sim/any_scenario.hpp"
#include "tests/sim/engines.hpp"
#include "tests/support/sanitized.hpp"
#include "tests/support/written.hpp"

namespace hearsay::sim {
namespace {

std::string digest(const measure::Outcome& outcome) { return to_string(outcome.trace_digest.value()); }

/// So many nodes that batches are full and windows hold thousands of arrivals.
scenario::Scenario crowd() {
  scenario::Scenario scenario = testing::written(R"(
cluster.nodes = 20000
network.latency = { distribution = "lognormal", mean = "20ms", jitter = "30ms", max = "10s" }
gossip = { fanout = 3, rounds = 4, interval = "100ms", first = "at-once" }
publish = { versions = 2, interval = "50ms", deadline = "1s" }
[[fault]]
name = "loss"
kind = "drop"
probability = "20%"
[[fault]]
name = "slow"
kind = "delay"
delay = "1us..40ms"
to = { share = "30%" }
[[fault]]
name = "crash"
kind = "kill"
nodes = { share = "3%" }
at = "150ms"
every = "90ms"
restart_after = "120ms"
)");
  if (testing::kSanitized) scenario.cluster.nodes /= 50;
  return scenario;
}

TEST(SimDeterminism, ACrowdHasOneDigest) {
  for (const unsigned bits : {4U, 10U, 13U, 16U})
    EXPECT_EQ(difference(crowd(), run_by_heap, windowed(bits)), "") << bits << " bits";
}

TEST(SimDeterminism, AnotherSeedHasAnother) {
  EXPECT_NE(digest(run_text("seed = 1\ncluster.nodes = 5")), digest(run_text("seed = 2\ncluster.nodes = 5")));
}

constexpr const char* kIdle[] = {
    "[[fault]]\nname = \"idle\"\nkind = \"drop\"\nprobability = 0\n",
    "[[fault]]\nname = \"idle\"\nkind = \"delay\"\ndelay = \"0us\"\n",
    "[[fault]]\nname = \"idle\"\nkind = \"slow\"\nnodes = \"*\"\ndelay = \"0us\"\n",
    "[[fault]]\nname = \"idle\"\nkind = \"skew\"\nnodes = \"*\"\nfactor = 1\n",
};

TEST(SimDeterminism, AFaultThatIsOffChangesNothing) {
  for (std::uint64_t number = 0; number < (testing::kSanitized ? 40 : 300); ++number) {
    const std::string toml = any_scenario(number);
    const measure::Outcome without = run_text(toml);
    measure::Outcome with = run_text(toml + kIdle[number % std::size(kIdle)]);
    ASSERT_TRUE(with.faults.back().off);
    with.faults.pop_back();
    ASSERT_EQ(told(with), told(without)) << toml;
  }
}

/// Faults are numbered in the order of the file, but nothing is drawn by these numbers.
TEST(SimDeterminism, TheOrderOfFaultsChangesNoDraw) {
  const std::string scenario = "cluster.nodes = 12\npublish.versions = 30\n";
  const std::string loss = "[[fault]]\nname = \"loss\"\nkind = \"drop\"\nprobability = \"60%\"\n";
  const measure::Outcome last = run_text(scenario + kIdle[0] + loss);
  const measure::Outcome first = run_text(scenario + loss + kIdle[0]);
  EXPECT_EQ(to_string(last.learned_digest), to_string(first.learned_digest));
  EXPECT_EQ(last.messages.dropped, first.messages.dropped);
  EXPECT_EQ(last.duration, first.duration);
}

/// Ends a run at the first opportunity.
class Impatient final : public core::Observer {
 public:
  core::Progress last;

 private:
  void progress(const core::Progress& progress) override { last = progress; }
  bool interrupted() override { return true; }
};

TEST(SimInterruption, LeavesABalancedAccountOfWhatWasDone) {
  const scenario::Scenario scenario = testing::written("cluster.nodes = 20000\npublish.versions = 3");
  Impatient observer;
  const measure::Outcome outcome = run(scenario, observer);
  const measure::Messages& messages = outcome.messages;
  EXPECT_TRUE(outcome.interrupted);
  EXPECT_EQ(messages.sent, messages.delivered + messages.in_flight);
  EXPECT_GT(messages.delivered, 0U);
  EXPECT_LT(messages.sent, 3U * (20'000 * 15 + 3));
  EXPECT_EQ(outcome.versions.at(0).end, measure::End::open);
  EXPECT_EQ(observer.last.sent, messages.sent);
  EXPECT_EQ(observer.last.in_flight, messages.in_flight);
}

/// The observer is asked again after some 10^5 messages, however many a burst has.
TEST(SimInterruption, DoesNotWaitForGreatBursts) {
  const scenario::Scenario scenario =
      testing::written("cluster.nodes = 2000\ngossip.fanout = 2000\npublish.fanout = 2000");
  Impatient observer;
  EXPECT_LT(run(scenario, observer).messages.sent, 500'000U);
}

}  // namespace
}  // namespace hearsay::sim
