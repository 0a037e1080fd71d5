// Groups of nodes that have names: [cluster.groups].

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "known.hpp"

namespace hearsay::scenario {
namespace {

const std::string kGroups =
    "[cluster.groups]\nedge = ['0..2', 9]\n'far east' = '7..8'\nsome = { count = 2 }\nfew = { share = '10%' "
    "}\n";

Fault fault_among_groups(const std::string& lines) { return good(kGroups + fault_x(lines)).faults.at(0); }

std::string refusal_among_groups(const std::string& text) {
  return errors("[cluster]\nnodes = 10\n" + kGroups + text);
}

std::string bad_group(const std::string& line) {
  return errors("[cluster]\nnodes = 10\n[cluster.groups]\n" + line);
}

TEST(Groups, StandWhereNodesMay) {
  const Fault drop = fault_among_groups("kind = 'drop'\nprobability = 1\nfrom = 'edge'\nto = 'far east'");
  EXPECT_EQ(drop.from, ids({{0, 2}, {9, 9}}));
  EXPECT_EQ(drop.to, ids({{7, 8}}));
  EXPECT_EQ(fault_among_groups("kind = 'kill'\nnodes = 'edge'").get<Selector>("nodes"),
            ids({{0, 2}, {9, 9}}));
  const auto sides =
      fault_among_groups("kind = 'split'\nbetween = ['edge', 'far east']").get<std::vector<Sides>>("between");
  EXPECT_EQ(sides, (std::vector<Sides>{{ids({{0, 2}, {9, 9}}), ids({{7, 8}})}}));
  const Network network = good(kGroups + "[[network.group]]\nnodes = 'edge'\nlatency = '1ms'").network;
  EXPECT_EQ(network.groups[0].a, ids({{0, 2}, {9, 9}}));
}

TEST(Groups, StandInListsToo) {
  EXPECT_EQ(fault_among_groups("kind = 'kill'\nnodes = ['far east', 3, '5..6']").get<Selector>("nodes"),
            ids({{3, 3}, {5, 8}}));
}

TEST(Groups, ThatAreRandomAreNamedInTheSelector) {
  Selector one = ids({});
  one.groups = {{"some", 2, 0}};
  EXPECT_EQ(fault_among_groups("kind = 'kill'\nnodes = 'some'").get<Selector>("nodes"), one);
  EXPECT_TRUE(one.random());
  EXPECT_FALSE(one.drawn_anew());
  Selector all = ids({{4, 4}});
  all.groups = {{"some", 2, 0}, {"few", 0, 0.1}};
  EXPECT_EQ(fault_among_groups("kind = 'kill'\nnodes = ['some', 4, 'few', 'some']").get<Selector>("nodes"),
            all);
}

TEST(Groups, AreKnownToTheScenario) {
  const Scenario scenario = good(kGroups);
  EXPECT_EQ(scenario.cluster.groups.size(), 4U);
  EXPECT_EQ(scenario.cluster.groups.at("some"), (Selector{Selector::Kind::count, {}, 2}));
}

TEST(BadGroup, OfWhichThereIsNoneIsGuessed) {
  const std::string kill = "[[fault]]\nname = 'x'\nkind = 'kill'\n";
  const std::string allowed =
      "\"nodes\" in fault \"x\" must be a selector of nodes: \"*\", 3, \"0..9\", [1, 4], { count = 2 } or { "
      "share = "
      "\"10%\" }, not ";
  EXPECT_EQ(refusal_among_groups(kill + "nodes = 'egde'"),
            "t.toml:11:9: " + allowed + "\"egde\"; did you mean \"edge\"?");
  EXPECT_EQ(refusal_among_groups(kill + "nodes = [1, 'egde']"),
            "t.toml:11:9: " + allowed + "an array with \"egde\"; did you mean \"edge\"?");
  EXPECT_EQ(
      refusal_among_groups(kill + "nodes = 'nonsense'"),
      "t.toml:11:9: " + allowed + "\"nonsense\"; groups are \"edge\", \"far east\", \"few\" and \"some\"");
}

TEST(BadGroup, OnBothSidesOverlaps) {
  const std::string split = "[[fault]]\nname = 'x'\nkind = 'split'\nbetween = ";
  EXPECT_EQ(refusal_among_groups(split + "['edge', [1, 4]]"),
            "t.toml:11:11: \"between\" in fault \"x\" has node 1 on both sides");
  EXPECT_EQ(refusal_among_groups(split + "['some', 'some']"),
            "t.toml:11:11: \"between\" in fault \"x\" has the group \"some\" on both sides");
}

TEST(BadGroup, ThatIsRandomHasNoLatency) {
  EXPECT_EQ(
      refusal_among_groups("[[network.group]]\nnodes = 'some'\nlatency = '1ms'"),
      "t.toml:9:9: \"nodes\" in [[network.group]] names the group \"some\", whose nodes are random; those of "
      "latencies are not");
}

TEST(BadGroup, SaysWhatIsWrongWithIt) {
  const std::string allowed =
      "must be nodes of a group: 3, \"0..9\", [1, 4], { count = 2 } or { share = \"10%\" }, not ";
  for (const auto& [line, why] : std::vector<std::pair<std::string, std::string>>{
           {"edge = 10", "4:8: group \"edge\" in [cluster.groups] selects node 10, but the last node is 9"},
           {"edge = '*'", "4:8: group \"edge\" in [cluster.groups] " + allowed + "\"*\""},
           {"edge = 'initiator'",
            "4:8: group \"edge\" in [cluster.groups] cannot be \"initiator\": the initiator belongs to no "
            "group"},
           {"edge = []", "4:8: group \"edge\" in [cluster.groups] selects no node: the array is empty"},
           {"edge = { count = 11 }",
            "4:8: group \"edge\" in [cluster.groups] has a count that must be a whole number from 1 to 10, "
            "such as 2, not "
            "11"},
           {"a = 1\nedge = 'a'", "5:8: group \"edge\" in [cluster.groups] " + allowed + "\"a\""},
           {"'*' = 1",
            "4:1: group \"*\" in [cluster.groups] must have a name of 1 to 64 letters, digits, spaces, - and "
            "_, such as "
            "\"edge\""},
           {"initiator = 1",
            "4:1: group \"initiator\" in [cluster.groups] cannot be called \"initiator\": the initiator "
            "belongs to no "
            "group"},
           {"17 = 1",
            "4:1: group \"17\" in [cluster.groups] cannot have a number as its name: that selects a node"},
       })
    EXPECT_EQ(bad_group(line), "t.toml:" + why) << line;
  EXPECT_EQ(errors("[cluster]\nnodes = 10\ngroups = 3"),
            "t.toml:3:10: \"groups\" in [cluster] must be a table, written [cluster.groups], not 3");
}

TEST(BadGroup, IsNotBlamedOnThoseWhoNameIt) {
  EXPECT_EQ(bad_group("edge = 10\n[[fault]]\nname = 'x'\nkind = 'kill'\nnodes = 'edge'"),
            "t.toml:4:8: group \"edge\" in [cluster.groups] selects node 10, but the last node is 9");
}

TEST(BadGroup, ThereAreAtMostAHundred) {
  std::string groups;
  for (int i = 0; i < 101; ++i) groups += "g" + std::to_string(i) + " = 1\n";
  EXPECT_EQ(bad_group(groups),
            "t.toml:3:1: \"groups\" in [cluster] has 101 groups; at most 100 are possible");
}

}  // namespace
}  // namespace hearsay::scenario
