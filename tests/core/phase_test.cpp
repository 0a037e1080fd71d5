// Messages counted by phases.

#include <gmock/gmock.h>

#include <algorithm>

#include "tests/core/virtual_world.hpp"

namespace hearsay::core {
namespace {

constexpr Tick kOpens = 2500 * kMillisecond;
constexpr Tick kCloses = 4001 * kMillisecond;

const std::string kScenario =
    "[cluster]\nnodes = 9\n[publish]\nversions = 3\n"
    "[[fault]]\nname = \"wifi\"\nkind = \"drop\"\nprobability = \"40%\"\nat = \"2500ms\"\nfor = \"1501ms\"\n"
    "[[fault]]\nname = \"jam\"\nkind = \"delay\"\ndelay = \"5ms\"\nto = \"0..4\"\n";

scenario::Scenario named(const std::vector<std::string>& phases) {
  scenario::Scenario scenario = testing::written(kScenario);
  for (const std::string& phase : phases) {
    scenario::Expectation expectation;
    expectation.that = "messages.sent > 0";
    expectation.during = phase;
    scenario.expectations.push_back(expectation);
  }
  return scenario;
}

TEST(Phases, AreCountedOnlyIfAnExpectationNamesThem) {
  EXPECT_TRUE(VirtualWorld(named({})).run().phases.empty());
  EXPECT_EQ(VirtualWorld(named({"jam", "jam"})).run().phases.size(), 1U);
}

// By the messages that the world saw; nodes learn a millisecond after a second, so that rounds fall on the
// edge.
TEST(Phases, HaveTheMessagesSentWhileTheyAreOpen) {
  VirtualWorld world(named({"wifi", "jam"}));
  const measure::Outcome outcome = world.run();
  const auto count = [&](auto counts) {
    return static_cast<std::uint64_t>(
        std::count_if(world.sent().begin(), world.sent().end(),
                      [&](const Message& m) { return m.at >= kOpens && m.at < kCloses && counts(m); }));
  };
  const measure::PhaseMessages& wifi = outcome.phases.at(0);
  EXPECT_EQ(wifi.name, "wifi");
  EXPECT_EQ(wifi.sent, count([](const Message&) { return true; }));
  EXPECT_EQ(wifi.dropped, count([](const Message& m) { return !m.goes_on(); }));
  EXPECT_EQ(wifi.delayed, count([](const Message& m) { return m.goes_on() && m.to <= 4; }));
  EXPECT_GT(wifi.dropped, 0U);
  EXPECT_GT(wifi.delayed, 0U);
  EXPECT_LT(wifi.sent, outcome.messages.sent);
  const measure::PhaseMessages& jam = outcome.phases.at(1);
  EXPECT_EQ(jam.sent, outcome.messages.sent) << "it is open from start to end";
  EXPECT_EQ(jam.dropped, outcome.messages.dropped);
  EXPECT_EQ(jam.delayed, outcome.messages.delayed);
}

}  // namespace
}  // namespace hearsay::core
