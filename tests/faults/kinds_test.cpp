// Laws that every kind of fault of the table keeps.

#include "faults/kinds.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>

#include "base/check.hpp"
#include "tests/faults/nodes.hpp"
#include "tests/faults/traffic.hpp"

namespace hearsay::faults {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// The value of a parameter that does nothing (0), or all it can (1).
scenario::Value value_of(const Parameter& parameter, int strength) {
  const Duration length = strength * kSecond;
  switch (parameter.type) {
    case ParameterType::share:
      return static_cast<double>(strength);
    case ParameterType::duration:
      return length;
    case ParameterType::duration_range:
      return DurationModel{.low = length, .high = length};
    case ParameterType::count:
      return std::uint64_t{1};
    case ParameterType::number:
    case ParameterType::rate:
      return 1.0;
    case ParameterType::factor:
      return 1.0 + strength;
    case ParameterType::nodes:
      return scenario::Selector{};
    case ParameterType::sides:
      return std::vector<scenario::Sides>{{{.kind = scenario::Selector::Kind::initiator}, {}}};
    case ParameterType::choice:
      return std::string(parameter.choices.at(0));
  }
  HEARSAY_CHECK(false, "no such type of parameter");
}

scenario::Fault rule_of(const Kind& kind, int strength) {
  scenario::Fault rule = bare("it", kind.known.declaration.name);
  for (const Parameter& parameter : kind.known.declaration.parameters)
    if (parameter.fallback != "never" && parameter.fallback != "none")
      rule.parameters.emplace(parameter.name, value_of(parameter, strength));
  return rule;
}

TEST(Kinds, AreDeclaredByName) {
  std::vector<std::string_view> names;
  for (const Kind& kind : kinds()) {
    const Declaration& declaration = kind.known.declaration;
    names.push_back(declaration.name);
    EXPECT_FALSE(declaration.summary.empty()) << declaration.name;
    EXPECT_FALSE(declaration.worlds.empty()) << declaration.name;
    for (const Parameter& parameter : declaration.parameters)
      EXPECT_FALSE(parameter.meaning.empty()) << declaration.name;
  }
  EXPECT_TRUE(std::ranges::is_sorted(names, std::less_equal<>())) << "by name, none twice";
}

TEST(Kinds, HaveOneMaker) {
  for (const Kind& kind : kinds()) {
    EXPECT_EQ(kind.on_messages != nullptr, kind.known.on_messages) << kind.known.declaration.name;
    EXPECT_NE(kind.on_messages != nullptr, kind.on_nodes != nullptr) << kind.known.declaration.name;
  }
}

/// What its full strength does to all nodes, for every kind.
const std::map<std::string, std::function<bool(const Nodes&)>, std::less<>> kNodeEffects = {
    {"churn", [](const Nodes& nodes) { return nodes.down.size() == 1; }},
    {"kill", [](const Nodes& nodes) { return nodes.down.size() == kNodes; }},
    {"pause", [](const Nodes& nodes) { return nodes.pauses.size() == kNodes; }},
    {"skew", [](const Nodes& nodes) { return nodes.factors.size() == kNodes && nodes.factors.at(3) == 2; }},
    {"slow",
     [](const Nodes& nodes) {
       return nodes.slowness.size() == kNodes && nodes.slowness.at(3)->takes(3, 0) == kSecond;
     }},
};

TEST(Kinds, AtFullStrengthDoWhatTheirNamesSayToEveryNode) {
  for (const Kind& kind : kinds()) {
    if (kind.known.on_messages) continue;
    const auto effect = kNodeEffects.find(kind.known.declaration.name);
    ASSERT_NE(effect, kNodeEffects.end()) << kind.known.declaration.name;
    Layer layer({rule_of(kind, 1)}, 1, kNodes);
    Nodes nodes;
    layer.act(layer.next_action(), nodes, true);
    EXPECT_TRUE(effect->second(nodes)) << effect->first;
    EXPECT_EQ(layer.evidence(0)[0].hit, effect->first == "churn" ? 1 : kNodes);
  }
}

/// Those that have a strength; how long a pause lasts or how often nodes leave is none.
TEST(Kinds, OnNodesWithoutStrengthAreOffAndNeverAct) {
  for (const Kind& kind : kinds()) {
    const std::string_view name = kind.known.declaration.name;
    if (name != "slow" && name != "skew") continue;
    Layer layer({rule_of(kind, 0)}, 1, kNodes);
    EXPECT_EQ(layer.next_action(), kNever) << name;
    EXPECT_TRUE(layer.evidence(0)[0].off) << name;
    EXPECT_FALSE(layer.evidence(0)[0].shared) << name;
  }
}

/// What is undone at kNever is all that was done.
TEST(Kinds, OnNodesHealAltogether) {
  for (const Kind& kind : kinds()) {
    if (kind.known.on_messages) continue;
    SCOPED_TRACE(std::string(kind.known.declaration.name));
    const scenario::Fault rule = rule_of(kind, 1);
    const auto fault = kind.on_nodes({rule, Key(1, "fault it"), kNodes, 1});
    Nodes nodes;
    fault->act(fault->next(), nodes);
    EXPECT_FALSE(nodes.done.empty());
    fault->heal(kNever, nodes);
    EXPECT_THAT(nodes.down, IsEmpty());
    EXPECT_THAT(nodes.pauses, IsEmpty());
    EXPECT_THAT(nodes.slowness, IsEmpty());
    EXPECT_THAT(nodes.factors, IsEmpty());
  }
}

std::string problems_of(const std::string& toml) {
  std::string text;
  for (const Problem& problem : problems(testing::written("cluster.nodes = 5\n" + toml)))
    text += to_string(problem.where) + " " + problem.what;
  return text;
}

std::string slow(const std::string& name, const std::string& how_long) {
  return "[[fault]]\nname = \"" + name + "\"\nkind = \"delay\"\ndelay = \"" + how_long + "\"\n";
}

TEST(Problems, DelaysMayAddUpToAnHour) {
  EXPECT_THAT(problems_of(""), IsEmpty());
  EXPECT_THAT(problems_of("network.latency = \"1m\"\n" + slow("a", "1s..29m") + slow("b", "30m")), IsEmpty());
}

TEST(Problems, BeyondAnHourTheKeyOfTheLastOfThemIsNamed) {
  EXPECT_THAT(problems_of(slow("a", "40m") + slow("b", "1s..21m")),
              HasSubstr("test.toml:9:9 latency and delays add up to 61m; at most 1h is allowed"));
  const std::string throttle = "[[fault]]\nname = \"a\"\nkind = \"throttle\"\nrate = \"1/s\"\n";
  EXPECT_THAT(problems_of(throttle + "queue = 4000\n"),
              HasSubstr("test.toml:6:9 latency and delays add up to"));
  EXPECT_THAT(problems_of("[[fault]]\nname = \"a\"\nkind = \"throttle\"\nbytes = \"1/m\"\n"),
              HasSubstr("test.toml:5:9 latency and delays add up to"));
  EXPECT_THAT(problems_of("network.latency = \"2h\""),
              HasSubstr("test.toml:2:19 latency and delays add up to 2h"));
}

TEST(Problems, WhatIsDrawnAnewOrActsAtEachOpeningMustGiveItTime) {
  const auto rule = [](const std::string& every, const std::string& more) {
    return "[[fault]]\nname = \"a\"\nevery = \"" + every + "\"\n" + more;
  };
  const std::string kill = "kind = \"kill\"\nnodes = 1\n";
  const std::string drop = "kind = \"drop\"\nprobability = 1\nfor = \"1us\"\n";
  const std::string refused = "test.toml:4:9 \"every\" in fault \"a\" must be at least 1ms, not 999us";
  EXPECT_EQ(problems_of(rule("999us", kill)), refused);
  EXPECT_EQ(problems_of(rule("999us", drop + "from = { count = 2 }\n")), refused);
  EXPECT_EQ(problems_of(rule("999us", drop + "to = { share = \"20%\" }\n")), refused);
  EXPECT_THAT(problems_of(rule("999us", drop + "from = 2\n")), IsEmpty());
  EXPECT_THAT(problems_of(rule("1ms", kill)), IsEmpty());
  EXPECT_THAT(problems_of(rule("1ms", drop + "to = { count = 1 }\n")), IsEmpty());
}

TEST(Problems, OfLatenciesTheLongestCounts) {
  const std::string network =
      "network.latency = \"30m\"\nnetwork.group = [{ nodes = 1, latency = \"1s..50m\" }, "
      "{ between = [0, 2], latency = \"40m\" }]\n";
  EXPECT_THAT(problems_of(network + slow("a", "10m")), IsEmpty());
  EXPECT_THAT(problems_of(network + slow("a", "11m")), HasSubstr("add up to 61m"));
}

TEST(Problems, OfADistributionWhatItCanReachCounts) {
  const auto network = [](const std::string& max) {
    return "network.latency = { distribution = \"normal\", mean = \"50m\", jitter = \"1m\"" + max + " }\n";
  };
  EXPECT_THAT(problems_of(network("") + slow("a", "3m")), IsEmpty());
  EXPECT_THAT(problems_of(network("") + slow("a", "4m")),
              HasSubstr("; at most 1h is allowed; a \"max\" would bound them"));
  EXPECT_THAT(problems_of(network(", max = \"51m\"") + slow("a", "9m")), IsEmpty());
  EXPECT_THAT(problems_of(network(", max = \"51m\"") + slow("a", "10m")), HasSubstr("add up to 61m"));
}

}  // namespace
}  // namespace hearsay::faults
