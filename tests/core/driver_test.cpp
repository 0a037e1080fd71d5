// Publishes, rounds and messages of a run.

#include "core/driver.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "tests/core/virtual_world.hpp"

namespace hearsay::core {
namespace {

using ::testing::ElementsAre;

const std::string kSix = R"(
cluster.nodes = 6
gossip = { fanout = 3, rounds = 5, interval = "100ms" }
publish.versions = 20
publish.interval = "10ms"
)";
const std::string kLossy = "[[fault]]\nname = \"wifi\"\nkind = \"drop\"\nprobability = \"30%\"\n";

TEST(Driver, WhatAllLearnedTookItsExactNumberOfMessages) {
  const measure::Outcome outcome = VirtualWorld(kSix).run();
  ASSERT_EQ(outcome.versions.size(), 20U);
  for (const measure::VersionRecord& version : outcome.versions) {
    EXPECT_EQ(version.end, measure::End::committed);
    EXPECT_EQ(version.sent, 6U * 5 * 3 + 3);
  }
  EXPECT_EQ(outcome.messages.sent, 20U * 93);
  EXPECT_EQ(outcome.messages.delivered, 20U * 93);
  EXPECT_EQ(outcome.messages.in_flight, 0U);
  EXPECT_EQ(outcome.unit, measure::Unit::version);
}

TEST(Driver, ThePublishMayHaveAFanoutOfItsOwn) {
  const measure::Outcome outcome = VirtualWorld(kSix + "publish.fanout = 6\n").run();
  for (const measure::VersionRecord& version : outcome.versions) EXPECT_EQ(version.sent, 6U * 5 * 3 + 6);
}

/// A cluster of any size, protocol of any speed, wire of any latency, with some loss.
scenario::Scenario any_scenario() {
  const int nodes = *rc::gen::inRange(1, 9);
  const auto number = [](int least, int most) { return *rc::gen::inRange(least, most + 1); };
  return testing::written(fmt::format(
      R"(
seed = {}
cluster.nodes = {}
network.latency = "1us..{}us"
gossip.fanout = {}
gossip.rounds = {}
gossip.interval = "{}us"
gossip.first = "{}"
publish.versions = 3
publish.interval = "{}us"
publish.fanout = {}
[[fault]]
name = "wifi"
kind = "drop"
probability = "{}%"
)",
      number(0, 1'000'000), nodes, number(1, 50), number(1, nodes), number(0, 4), number(1, 40),
      *rc::gen::element("at-once", "after-interval"), number(1, 40), number(1, nodes), number(0, 50)));
}

RC_GTEST_PROP(Driver, EveryNodeThatLearnedSentAllItsRounds, ()) {
  const scenario::Scenario scenario = any_scenario();
  const measure::Outcome outcome = VirtualWorld(scenario).run();
  const std::uint64_t a_node = std::uint64_t{scenario.gossip.fanout} * scenario.gossip.rounds;
  for (const measure::VersionRecord& version : outcome.versions) {
    RC_ASSERT(version.sent == scenario.publish.fanout + version.learnings * a_node);
    RC_ASSERT((version.end == measure::End::committed) == (version.learnings == scenario.cluster.nodes));
  }
  RC_ASSERT(outcome.messages.in_flight == 0U);
  RC_ASSERT(outcome.messages.sent == outcome.messages.delivered + outcome.messages.dropped);
  RC_ASSERT(outcome.faults.at(0).hit == outcome.messages.dropped);
}

using Arrivals = std::map<std::pair<Version, NodeId>, Tick>;

/// When each version first reached each node.
Arrivals first_arrivals(const std::vector<Message>& sent) {
  Arrivals first;
  for (const Message& message : sent) {
    if (!message.goes_on()) continue;
    const auto [entry, fresh] = first.try_emplace({message.version, message.to}, message.at + message.delay);
    if (!fresh) entry->second = std::min(entry->second, message.at + message.delay);
  }
  return first;
}

RC_GTEST_PROP(Driver, RoundsComeAtTheirInstantsToDistinctNodes, ()) {
  const scenario::Scenario scenario = any_scenario();
  VirtualWorld world(scenario);
  world.run();
  const Arrivals learned = first_arrivals(world.sent());
  std::set<std::tuple<Version, NodeId, Round, NodeId>> targets;
  for (const Message& message : world.sent()) {
    RC_ASSERT(targets.emplace(message.version, message.from, message.round, message.to).second);
    if (message.from == kInitiator) {
      RC_ASSERT(message.at == message.version * scenario.publish.interval);
      RC_ASSERT(message.round == 0U);
    } else {
      const auto intervals = static_cast<Duration>(message.round - (scenario.gossip.at_once ? 1 : 0));
      RC_ASSERT(message.at ==
                learned.at({message.version, message.from}) + intervals * scenario.gossip.interval);
    }
  }
}

// Who gets how far depends on targets and losses alone, and neither has a time in its key.
TEST(Driver, WhoLearnsDoesNotDependOnTiming) {
  const auto run = [](const std::string& network, const std::string& gossip) {
    return VirtualWorld("cluster.nodes = 20\nnetwork.latency = \"" + network +
                        "\"\ngossip = { fanout = 2, rounds = 2, " + gossip +
                        " }\npublish = { versions = 50, interval = \"7ms\" }\n" + kLossy)
        .run();
  };
  const measure::Outcome one = run("1ms", "interval = \"10ms\"");
  std::uint64_t lost = 0;
  for (const measure::VersionRecord& version : one.versions)
    lost += version.end == measure::End::lost ? 1 : 0;
  ASSERT_GT(lost, 0U);
  ASSERT_LT(lost, 50U);
  for (const measure::Outcome& other :
       {run("1us..300ms", "interval = \"10ms\""), run("1us", "interval = \"3ms\", first = \"at-once\""),
        run("5ms..6ms", "interval = \"1s\"")}) {
    EXPECT_EQ(other.learned_digest, one.learned_digest);
    for (std::size_t i = 0; i < 50; ++i) EXPECT_EQ(other.versions[i].end, one.versions[i].end);
  }
}

TEST(Driver, AnotherSeedIsAnotherRun) {
  EXPECT_NE(VirtualWorld("seed = 1\n" + kSix + kLossy).run().learned_digest,
            VirtualWorld("seed = 2\n" + kSix + kLossy).run().learned_digest);
  EXPECT_EQ(VirtualWorld("seed = 1\n" + kSix + kLossy).run().learned_digest,
            VirtualWorld("seed = 1\n" + kSix + kLossy).run().learned_digest);
}

TEST(Driver, TheObserverIsToldOfEveryPublishAndLearning) {
  VirtualWorld world("cluster.nodes = 3\npublish = { versions = 2, fanout = 2 }\ngossip.interval = \"10ms\"");
  world.run();
  EXPECT_THAT(world.publishes(), ElementsAre(1, 2));
  std::map<Version, std::vector<NodeId>> counts;
  for (const Learned& learned : world.learnings()) {
    counts[learned.version].push_back(learned.holders);
    EXPECT_EQ(learned.commits, learned.holders == 3);
  }
  EXPECT_THAT(counts[1], ElementsAre(1, 2, 3));
  EXPECT_THAT(counts[2], ElementsAre(1, 2, 3));
}

// The initiator's messages, on their way at 1 s, arrive when the window is open; the first round is sent in
// it.
TEST(Driver, AMessageIsJudgedWhenItIsSent) {
  const std::string toml = R"(
cluster.nodes = 3
network.latency = "20ms"
gossip = { rounds = 1, interval = "30ms" }
publish.versions = 1
[[fault]]
name = "gap"
kind = "drop"
probability = 1
at = "1010ms"
)";
  const auto dropped = [&toml](const std::string& length) {
    return VirtualWorld(toml + "for = \"" + length + "\"\n").run().messages.dropped;
  };
  EXPECT_EQ(dropped("40ms"), 0U);
  EXPECT_EQ(dropped("40001us"), 9U);
}

TEST(Driver, WhatHoldsBackIsCountedAndLatencyIsNot) {
  const std::string slow =
      "[[fault]]\nname = \"slow\"\nkind = \"delay\"\ndelay = \"5ms\"\nfrom = \"initiator\"\n";
  VirtualWorld world(kSix + slow);
  const measure::Outcome outcome = world.run();
  EXPECT_EQ(outcome.messages.delayed, 20U * 3);
  for (const Message& message : world.sent())
    EXPECT_EQ(message.delay, message.from == kInitiator ? 6000U : 1000U);
}

TEST(Driver, TheAccountIsWholeBeforeTheEndToo) {
  VirtualWorld world(kSix + "[[fault]]\nname = \"slow\"\nkind = \"delay\"\ndelay = \"5ms\"\n");
  world.pass(500 * kMillisecond);
  EXPECT_EQ(world.driver().messages().delayed, world.sent().size());
  EXPECT_EQ(world.driver().messages().sent, world.sent().size());
}

TEST(Driver, ARandomChoiceMakesTheRunTheUnit) {
  const auto unit = [](const std::string& selectors) {
    return VirtualWorld(kSix + kLossy + selectors).run().unit;
  };
  EXPECT_EQ(unit("from = [0, 1]"), measure::Unit::version);
  EXPECT_EQ(unit("from = { count = 2 }"), measure::Unit::run);
}

TEST(Driver, AnEndlessRunPublishesOnAndOn) {
  scenario::Scenario scenario = testing::written(kSix);
  scenario.publish.versions = scenario::kEndless;
  scenario.publish.interval = kSecond;
  VirtualWorld world(scenario);
  world.pass(50 * kSecond);
  EXPECT_EQ(world.publishes().size(), 50U);
  EXPECT_FALSE(world.driver().done());
  EXPECT_EQ(world.driver().end(), kNever);
}

}  // namespace
}  // namespace hearsay::core
