#include "scenario/reader.hpp"

#include <gtest/gtest.h>

#include "known.hpp"

namespace hearsay::scenario {
namespace {

TEST(Reader, FillsInTheDefaults) {
  const Scenario scenario = read_text("[cluster]\nnodes = 50\n", "dir/loss-30.toml", known());
  EXPECT_EQ(scenario.name, "loss-30");
  EXPECT_EQ(scenario.file, "dir/loss-30.toml");
  EXPECT_EQ(scenario.seed, 1U);
  EXPECT_EQ(scenario.world, "live");
  EXPECT_EQ(scenario.cluster.nodes, 50U);
  EXPECT_EQ(scenario.cluster.start_port, 0);
  EXPECT_EQ(scenario.cluster.commit, CommitRule::all);
  EXPECT_EQ(scenario.network.latency, std::nullopt);
  EXPECT_EQ(scenario.gossip.protocol, "push");
  EXPECT_EQ(scenario.gossip.fanout, 3U);
  EXPECT_EQ(scenario.gossip.rounds, 5U);
  EXPECT_EQ(scenario.gossip.interval, kSecond);
  EXPECT_FALSE(scenario.gossip.at_once);
  EXPECT_EQ(scenario.publish.versions, 10U);
  EXPECT_EQ(scenario.publish.interval, kSecond);
  EXPECT_EQ(scenario.publish.fanout, 3U);
  EXPECT_EQ(scenario.publish.deadline, 30 * kSecond);
  EXPECT_TRUE(scenario.faults.empty());
  EXPECT_TRUE(scenario.expectations.empty());
}

TEST(Reader, ReadsEveryKey) {
  const Scenario scenario = read_text(R"(
name = "half"
seed = 9223372036854775807
world = "sim"
[cluster]
nodes = 20
start_port = 8000
commit = "alive"
[network]
latency = "1ms..5ms"
[gossip]
protocol = "push"
fanout = 2
rounds = 0
interval = "1us"
first = "at-once"
[publish]
versions = 1
interval = "0s"
fanout = 20
deadline = "5m"
)",
                                      "t.toml", known());
  EXPECT_EQ(scenario.name, "half");
  EXPECT_EQ(scenario.seed, 9223372036854775807U);
  EXPECT_EQ(scenario.world, "sim");
  EXPECT_EQ(scenario.cluster.start_port, 8000);
  EXPECT_EQ(scenario.cluster.commit, CommitRule::alive);
  EXPECT_EQ(scenario.network.latency, (DurationModel{.low = kMillisecond, .high = 5 * kMillisecond}));
  EXPECT_EQ(scenario.gossip.fanout, 2U);
  EXPECT_EQ(scenario.gossip.rounds, 0U);
  EXPECT_EQ(scenario.gossip.interval, 1);
  EXPECT_TRUE(scenario.gossip.at_once);
  EXPECT_EQ(scenario.publish.versions, 1U);
  EXPECT_EQ(scenario.publish.interval, 0);
  EXPECT_EQ(scenario.publish.fanout, 20U);
  EXPECT_EQ(scenario.publish.deadline, 5 * kMinute);
}

TEST(Reader, PublishesWithTheFanoutOfGossip) {
  EXPECT_EQ(good("gossip.fanout = 7").publish.fanout, 7U);
  EXPECT_EQ(good("gossip.fanout = 7\npublish.fanout = 1").publish.fanout, 1U);
}

TEST(Reader, LowersADefaultFanoutToTheCluster) {
  const Scenario scenario = read_text("cluster.nodes = 2", "t.toml", known());
  EXPECT_EQ(scenario.gossip.fanout, 2U);
  EXPECT_EQ(scenario.publish.fanout, 2U);
}

TEST(Reader, AcceptsTheLastPort) { EXPECT_EQ(good("cluster.start_port = 65526").cluster.start_port, 65526); }

TEST(Reader, AcceptsTheLongestRun) {
  const Scenario scenario =
      good("publish.versions = 1000000\npublish.interval = '3s'\npublish.deadline = '100h'");
  EXPECT_EQ(last_deadline(scenario), 1'000'000 * 3 * kSecond + 100 * kHour);
}

TEST(LastDeadline, NeverComesWithoutALastVersion) {
  Scenario scenario = good("");
  EXPECT_EQ(last_deadline(scenario), 40 * kSecond);
  scenario.publish.versions = kEndless;
  EXPECT_EQ(last_deadline(scenario), kNever);
}

TEST(Expectation, KnowsItsTextItsConfidenceAndItsPlace) {
  const Scenario scenario = read_text(
      "cluster.nodes = 5\n"
      "[[expect]]\nthat = \"commit_rate >= 99%\"\nconfidence = \"99%\"\n"
      "[[expect]]\n  that =   'commit_rate(within = \"5s\") >= 99%'\nconfidence = 0.5\n"
      "[[expect]]\nthat = \"lost == 0\"\n",
      "t.toml", known());
  ASSERT_EQ(scenario.expectations.size(), 3U);
  EXPECT_EQ(scenario.expectations[0].that, "commit_rate >= 99%");
  EXPECT_EQ(scenario.expectations[0].confidence, 0.99);
  EXPECT_EQ(to_string(scenario.expectations[0].where), "t.toml:3:9");
  EXPECT_EQ(scenario.expectations[1].that, "commit_rate(within = \"5s\") >= 99%");
  EXPECT_EQ(scenario.expectations[1].confidence, 0.5);
  EXPECT_EQ(to_string(scenario.expectations[1].where), "t.toml:6:13");
  EXPECT_EQ(scenario.expectations[2].confidence, 0.95);
}

TEST(Expectation, InLongQuotesBeginsAfterThem) {
  const Scenario scenario = read_text(
      "cluster.nodes = 5\n# \"\"\"\nexpect = [{ that = \"\"\"lost == 0\"\"\" }, { that = '''\nlost == 1''' "
      "},\n"
      "  { that = \"lost == 2\" }]\n",
      "t.toml", known());
  ASSERT_EQ(scenario.expectations.size(), 3U);
  EXPECT_EQ(to_string(scenario.expectations[0].where), "t.toml:3:23");
  EXPECT_EQ(to_string(scenario.expectations[1].where), "t.toml:4:1");
  EXPECT_EQ(to_string(scenario.expectations[2].where), "t.toml:5:13");
}

TEST(Errors, AreAllReportedInOrderOfTheirPlaces) {
  EXPECT_EQ(
      errors("sed = 1\n[gossip]\nrounds = -1\nfanot = 2\n[cluster]\nnodes = 0\n[[fault]]\nname = 'x'\n"
             "kind = 'drop'\nprobability = 2\n"),
      "t.toml:1:1: unknown key \"sed\"; did you mean \"seed\"?\n"
      "t.toml:3:10: \"rounds\" in [gossip] must be a whole number from 0 to 1000000, such as 5, not -1\n"
      "t.toml:4:1: unknown key \"fanot\" in [gossip]; did you mean \"fanout\"?\n"
      "t.toml:6:9: \"nodes\" in [cluster] must be a whole number from 1 to 268435456, such as 50, not 0\n"
      "t.toml:10:15: \"probability\" in fault \"x\" must be a share from 0 to 1, such as \"30%\" or 0.3, not "
      "2");
}

TEST(Errors, StopAtTheFirstThatIsNoToml) {
  EXPECT_EQ(errors("sed = 1\ncluster.nodes = 5x\nfoo = \n"),
            "t.toml:2:18: not valid TOML (decimal integer): expected digit, saw 'x'");
}

TEST(Errors, OfWrongNodesHideThoseThatFollowFromThem) {
  EXPECT_EQ(
      errors("cluster.nodes = 0\ngossip.fanout = 4\n[[fault]]\nname = 'x'\nkind = 'kill'\nnodes = [3]\n"),
      "t.toml:1:17: \"nodes\" in [cluster] must be a whole number from 1 to 268435456, such as 50, not 0");
}

TEST(Errors, OfAMisspeltRequiredKeyIsOne) {
  EXPECT_EQ(errors("[cluster]\nnods = 5\n"),
            "t.toml:2:1: unknown key \"nods\" in [cluster]; did you mean \"nodes\"?");
}

TEST(Endless, PublishesForEverWhateverTheFileSays) {
  Known endless = known();
  endless.endless = true;
  const auto read_endless = [&](const std::string& text) {
    return read_text("cluster.nodes = 2\n" + text, "t.toml", endless);
  };
  EXPECT_EQ(read_endless("publish.versions = 3").publish.versions, kEndless);
  EXPECT_EQ(
      read_endless("fault = [{ name = \"a\", kind = \"kill\", nodes = 1, at = \"200h\" }]").faults.size(),
      1U);
  EXPECT_THROW(read_endless("publish.interval = \"0s\""), InputError);
  EXPECT_THROW(read_endless("publish.versions = 0"), InputError);
}

}  // namespace
}  // namespace hearsay::scenario
