#include "scenario/selector.hpp"

#include <gtest/gtest.h>

#include "known.hpp"

namespace hearsay::scenario {
namespace {

Selector nodes(const std::string& written) {
  return fault_of("kind = 'kill'\nnodes = " + written).get<Selector>("nodes");
}

std::string refusal(const std::string& key, const std::string& written) {
  const std::string kind = key == "nodes" ? "kind = 'kill'" : "kind = 'drop'\nprobability = 1";
  const std::string text = fault_refusal(kind + "\n" + key + " = " + written);
  const std::string start = "\"" + key + "\" in fault \"x\" ";
  const std::size_t at = text.find(start);
  return at == std::string::npos ? text : text.substr(at + start.size());
}

constexpr const char* kAllowed =
    "must be a selector of nodes: \"*\", 3, \"0..9\", [1, 4], { count = 2 } or { share = \"10%\" }, not ";

TEST(Selector, ReadsEveryForm) {
  EXPECT_EQ(nodes("\"*\""), Selector{});
  EXPECT_EQ(nodes("3"), ids({{3, 3}}));
  EXPECT_EQ(nodes("\"0..9\""), ids({{0, 9}}));
  EXPECT_EQ(nodes("[1, 4]"), ids({{1, 1}, {4, 4}}));
  EXPECT_EQ(nodes("{ count = 2 }"), (Selector{Selector::Kind::count, {}, 2}));
  EXPECT_EQ(nodes("{ share = \"10%\" }"), (Selector{Selector::Kind::share, {}, 0, 0.1}));
  EXPECT_EQ(nodes("{ share = 1 }"), (Selector{Selector::Kind::share, {}, 0, 1}));
}

TEST(Selector, JoinsWhatOverlapsOrTouches) {
  EXPECT_EQ(nodes("[4, 1, 4]"), ids({{1, 1}, {4, 4}}));
  EXPECT_EQ(nodes("[\"5..7\", 0, 6, 8, 1]"), ids({{0, 1}, {5, 8}}));
}

TEST(Selector, OfMessagesMayNameTheInitiatorAsSender) {
  const Scenario scenario =
      good("[[fault]]\nname = 'x'\nkind = 'drop'\nprobability = 1\nfrom = 'initiator'\nto = 2");
  EXPECT_EQ(scenario.faults[0].from, Selector{Selector::Kind::initiator});
  EXPECT_EQ(scenario.faults[0].to, ids({{2, 2}}));
}

TEST(Selector, RefusesTheInitiatorWhereItCannotBe) {
  EXPECT_EQ(refusal("to", "\"initiator\""), "cannot be \"initiator\": the initiator receives no messages");
  EXPECT_EQ(refusal("nodes", "\"initiator\""), "cannot be \"initiator\": the initiator is no node");
}

TEST(Selector, RefusesWhatSelectsNothingThere) {
  EXPECT_EQ(refusal("nodes", "[]"), "selects no node: the array is empty");
  EXPECT_EQ(refusal("nodes", "10"), "selects node 10, but the last node is 9");
  EXPECT_EQ(refusal("nodes", "\"0..10\""), "selects node 10, but the last node is 9");
  EXPECT_EQ(refusal("nodes", "[3, 99]"), "selects node 99, but the last node is 9");
  EXPECT_EQ(refusal("nodes", "{ share = 0 }"), "selects no node: its share is 0");
  EXPECT_EQ(refusal("nodes", "{ count = 11 }"),
            "has a count that must be a whole number from 1 to 10, such as 2, not 11");
  EXPECT_EQ(refusal("nodes", "{ count = 0 }"),
            "has a count that must be a whole number from 1 to 10, such as 2, not 0");
  EXPECT_EQ(refusal("nodes", "{ share = nan }"),
            "has a share that must be a share from 0 to 1, such as \"30%\" or 0.3, not nan");
}

TEST(Selector, RefusesOtherForms) {
  EXPECT_EQ(refusal("nodes", "-1"), std::string(kAllowed) + "-1");
  EXPECT_EQ(refusal("nodes", "1.0"), std::string(kAllowed) + "1.0");
  EXPECT_EQ(refusal("nodes", "9223372036854775807"), std::string(kAllowed) + "9223372036854775807");
  EXPECT_EQ(refusal("nodes", "\"9..0\""), std::string(kAllowed) + "\"9..0\"");
  EXPECT_EQ(refusal("nodes", "\"1..\""), std::string(kAllowed) + "\"1..\"");
  EXPECT_EQ(refusal("nodes", "\"..9\""), std::string(kAllowed) + "\"..9\"");
  EXPECT_EQ(refusal("nodes", "\"0..-1\""), std::string(kAllowed) + "\"0..-1\"");
  EXPECT_EQ(refusal("nodes", "\"0..99999999999999999999\""),
            std::string(kAllowed) + "\"0..99999999999999999999\"");
  EXPECT_EQ(refusal("nodes", "\"all\""), std::string(kAllowed) + "\"all\"");
  EXPECT_EQ(refusal("nodes", "true"), std::string(kAllowed) + "true");
  EXPECT_EQ(refusal("nodes", "{}"), std::string(kAllowed) + "an empty table");
  EXPECT_EQ(refusal("nodes", "{ count = 1, share = 1 }"), std::string(kAllowed) + "a table");
  EXPECT_EQ(refusal("nodes", "[1, \"*\"]"), std::string(kAllowed) + "an array with \"*\"");
  EXPECT_EQ(refusal("nodes", "[1, [2]]"), std::string(kAllowed) + "an array with an array");
  EXPECT_EQ(refusal("nodes", "{ cuont = 1 }"), "has an unknown key \"cuont\"; did you mean \"count\"?");
}

TEST(Selector, ForSendersTheErrorNamesTheInitiatorToo) {
  EXPECT_EQ(
      refusal("from", "\"x\""),
      "must be a selector of nodes: \"*\", \"initiator\", 3, \"0..9\", [1, 4], { count = 2 } or { share = "
      "\"10%\" }, not \"x\"");
}

}  // namespace
}  // namespace hearsay::scenario
