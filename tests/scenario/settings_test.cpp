#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "known.hpp"

namespace hearsay::scenario {
namespace {

const std::string kText =
    "cluster.nodes = 10\n[gossip]\nfanout = 2\n"
    "[[fault]]\nname = 'bad wifi'\nkind = 'drop'\nprobability = 0.1\n"
    "[[fault]]\nname = 'kill'\nkind = 'kill'\nnodes = 1\n";

Scenario set(const std::vector<std::string>& settings) {
  return read_text(kText, "t.toml", known(), settings);
}

std::string refusal(const std::string& setting) { return errors(kText, {setting}); }

constexpr const char* kForm =
    "a setting is KEY=VALUE, where KEY is such as seed, gossip.fanout or fault.NAME.probability";

TEST(Setting, BeatsTheFile) {
  EXPECT_EQ(set({"gossip.fanout=4"}).gossip.fanout, 4U);
  EXPECT_EQ(set({"cluster.nodes=20"}).cluster.nodes, 20U);
  EXPECT_EQ(set({"seed=9"}).seed, 9U);
}

TEST(Setting, MayNameWhatTheFileLeavesOut) {
  EXPECT_EQ(set({"publish.versions=3"}).publish.versions, 3U);
  EXPECT_EQ(read_text("", "t.toml", known(), {"cluster.nodes=20"}).cluster.nodes, 20U);
}

TEST(Setting, TheLastOfOneKeyCounts) { EXPECT_EQ(set({"seed=1", "seed=2"}).seed, 2U); }

TEST(Setting, TakesValuesAsTheyAreTyped) {
  EXPECT_EQ(set({"fault.bad wifi.probability=0.5"}).faults[0].get<double>("probability"), 0.5);
  EXPECT_EQ(set({"fault.bad wifi.probability=50%"}).faults[0].get<double>("probability"), 0.5);
  EXPECT_EQ(set({"gossip.interval=2s"}).gossip.interval, 2 * kSecond);
  EXPECT_EQ(set({"gossip.interval=\"2s\""}).gossip.interval, 2 * kSecond);
  EXPECT_EQ(set({"network.latency=1ms..2ms"}).network.latency, (DurationModel{.low = 1'000, .high = 2'000}));
  EXPECT_EQ(
      set({"network.latency={ distribution = 'normal', mean = '2ms', jitter = '1ms' }"}).network.latency,
      (DurationModel{.shape = DurationModel::Shape::normal, .high = kNever, .mean = 2'000, .jitter = 1'000}));
  EXPECT_EQ(set({"network.group=[{ nodes = 3, latency = '2ms' }]"}).network.groups.at(0).latency.low, 2'000);
  EXPECT_EQ(set({"name=a = b"}).name, "a = b");
  EXPECT_EQ(set({"name=it's 'quoted'"}).name, "it's 'quoted'");
  const auto nodes = [](const std::string& value) {
    return set({"fault.kill.nodes=" + value}).faults[1].get<Selector>("nodes");
  };
  EXPECT_EQ(nodes("[1, 4]"), (Selector{Selector::Kind::ids, {{1, 1}, {4, 4}}}));
  EXPECT_EQ(nodes("1..4"), (Selector{Selector::Kind::ids, {{1, 4}}}));
  EXPECT_EQ(nodes("*"), Selector{});
  EXPECT_EQ(nodes("{ count = 2 }"), (Selector{Selector::Kind::count, {}, 2}));
}

TEST(Setting, MeetsTheChecksOfTheFileAtItsOwnPlace) {
  EXPECT_EQ(refusal("gossip.fanout=11"),
            "--set gossip.fanout=11: \"fanout\" in [gossip] must be at most 10, the number of nodes, not 11");
  EXPECT_EQ(refusal("gossip.fanot=4"),
            "--set gossip.fanot=4: unknown key \"fanot\" in [gossip]; did you mean \"fanout\"?");
  EXPECT_EQ(refusal("gosip.fanout=4"),
            "--set gosip.fanout=4: unknown table \"gosip\"; did you mean \"gossip\"?");
  EXPECT_EQ(refusal("sede=4"), "--set sede=4: unknown key \"sede\"; did you mean \"seed\"?");
  EXPECT_EQ(refusal("network.latency={distribution='exponential',mean='1ms',jiter='1ms'}"),
            "--set network.latency={distribution='exponential',mean='1ms',jiter='1m…: unknown key "
            "\"jiter\" in a distribution; did you mean \"jitter\"?");
  EXPECT_EQ(refusal("seed="),
            "--set seed=: \"seed\" must be a whole number of at least 0, such as 7, not \"\"");
  EXPECT_EQ(
      refusal("fault.bad wifi.probabilty=1"),
      "--set fault.bad wifi.probabilty=1: unknown key \"probabilty\" in fault \"bad wifi\"; did you mean "
      "\"probability\"?");
  EXPECT_EQ(refusal("fault.kill.nodes={count=20}"),
            "--set fault.kill.nodes={count=20}: \"nodes\" in fault \"kill\" has a count that must be a whole "
            "number "
            "from 1 to 10, such as 2, not 20");
}

TEST(Setting, MayMakeTheFileWrong) {
  EXPECT_EQ(refusal("cluster.nodes=1"),
            "t.toml:3:10: \"fanout\" in [gossip] must be at most 1, the number of nodes, not 2\n"
            "t.toml:11:9: \"nodes\" in fault \"kill\" selects node 1, but the last node is 0");
}

TEST(Setting, OfAnUnknownFaultListsThoseThereAre) {
  EXPECT_EQ(
      refusal("fault.wifi.probability=1"),
      "--set fault.wifi.probability=1: no fault is called \"wifi\"; there are \"bad wifi\" and \"kill\"");
  EXPECT_EQ(errors("cluster.nodes = 3", {"fault.wifi.probability=1"}),
            "--set fault.wifi.probability=1: no fault is called \"wifi\": the scenario has none");
}

TEST(Setting, WithoutAPlaceSaysHowItIsWritten) {
  for (const std::string setting : {"seed", "", "fault.x=1", "gossip.fanout.x=1", "a.b.c.d=1"}) {
    EXPECT_EQ(refusal(setting), "--set " + setting + ": " + kForm);
  }
  EXPECT_EQ(refusal("seed.x=1"),
            "--set seed.x=1: \"seed\" must be a whole number of at least 0, such as 7, not a table");
  EXPECT_EQ(errors("seed = 1\ncluster.nodes = 3", {"seed.x=1"}),
            std::string("--set seed.x=1: \"seed\" is not a table; ") + kForm);
}

TEST(Setting, CannotExtend) {
  EXPECT_EQ(refusal("extends=x.toml"), "--set extends=x.toml: \"extends\" cannot be set");
}

TEST(Setting, CannotSmuggleInMore) {
  EXPECT_EQ(refusal("seed=4\nworld=\"sim\""),
            "--set seed=4\\nworld=\"sim\": \"seed\" must be a whole number of at least 0, such as 7, not "
            "\"4\\nworld=\\\"sim\\\"\"");
  for (const std::string value : {"x\x01", "\xff", "x''' # '''"}) {
    EXPECT_THAT(refusal("name=" + value), ::testing::HasSubstr(": the value is neither TOML nor plain text"));
  }
}

TEST(Setting, ReportsTogetherWithTheFile) {
  EXPECT_EQ(errors("cluster.nodes = 3\nsed = 1", {"seed=-1", "fault.x.y=1"}),
            "--set fault.x.y=1: no fault is called \"x\": the scenario has none\n"
            "--set seed=-1: \"seed\" must be a whole number of at least 0, such as 7, not -1\n"
            "t.toml:2:1: unknown key \"sed\"; did you mean \"seed\"?");
}

}  // namespace
}  // namespace hearsay::scenario
