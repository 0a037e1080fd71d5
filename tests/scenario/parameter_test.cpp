// The types of parameters beside the plainest, and parameters that go together.

#include <gtest/gtest.h>

#include <string>

#include "known.hpp"

namespace hearsay::scenario {
namespace {

double rate(const std::string& written) {
  return fault_of("kind = 'strange'\nrate = " + written).get<double>("rate");
}

TEST(Parameter, RatesArePerSecondMinuteOrHour) {
  EXPECT_EQ(rate("'2/s'"), 2);
  EXPECT_EQ(rate("'30/m'"), 0.5);
  EXPECT_EQ(rate("'1.5/h'"), 1.5 / 3600);
  EXPECT_EQ(rate("2"), 2);
  EXPECT_EQ(rate("0.25"), 0.25);
}

TEST(Parameter, RatesAreNothingElse) {
  for (const char* bad : {"0", "-1", "'0/s'", "'2'", "'2/d'", "'2/ms'", "'/s'", "'2 /s'", "'-2/s'", "1e10",
                          "inf", "nan", "'0.0001/h'", "true", "['2/s']"})
    EXPECT_EQ(
        fault_refusal(std::string("kind = 'strange'\nrate = ") + bad)
            .rfind("t.toml:5:8: \"rate\" in fault \"x\" must be a rate from 0.001/h to 1000000000/s, such as "
                   "\"2/s\", \"30/m\", \"5/h\" or 2, a number per second, not ",
                   0),
        0U)
        << bad;
}

TEST(Parameter, NumbersMayHaveAFraction) {
  EXPECT_EQ(fault_of("kind = 'strange'\nnumber = 1").get<double>("number"), 1);
  EXPECT_EQ(fault_of("kind = 'strange'\nnumber = 2.5").get<double>("number"), 2.5);
  EXPECT_EQ(
      fault_refusal("kind = 'strange'\nnumber = 0.99"),
      "t.toml:5:10: \"number\" in fault \"x\" must be a number from 1 to 1000000000, such as 2.5, not 0.99");
  for (const char* bad : {"0", "-1.5", "'2'", "inf", "nan", "[2]", "1e10"})
    EXPECT_NE(fault_refusal(std::string("kind = 'strange'\nnumber = ") + bad), "") << bad;
}

TEST(Parameter, FactorsReachAHundredthAndAHundred) {
  const auto factor = [](const std::string& written) {
    return fault_of("kind = 'strange'\nnumber = 1\nfactor = " + written).get<double>("factor");
  };
  EXPECT_EQ(factor("0.01"), 0.01);
  EXPECT_EQ(factor("100"), 100);
  EXPECT_EQ(fault_of("kind = 'strange'\nnumber = 1").get<double>("factor"), 1);
  EXPECT_EQ(fault_refusal("kind = 'strange'\nnumber = 1\nfactor = 101"),
            "t.toml:6:10: \"factor\" in fault \"x\" must be a factor from 0.01 to 100, such as 1.5, not 101");
  for (const char* bad : {"0", "0.009", "-1", "'2'", "nan"})
    EXPECT_NE(fault_refusal(std::string("kind = 'strange'\nnumber = 1\nfactor = ") + bad), "") << bad;
}

TEST(Parameter, NoneMayBeWrittenWhereItIsTheDefault) {
  EXPECT_FALSE(fault_of("kind = 'strange'\nnumber = 1\nrate = 'none'").has("rate"));
  EXPECT_NE(fault_refusal("kind = 'strange'\nnumber = 1\nrate = 'never'"), "");
}

TEST(Parameter, OneOfTwoIsWrittenAndNotBoth) {
  EXPECT_EQ(fault_refusal("kind = 'strange'"),
            "t.toml:2:1: fault \"x\" needs one of \"rate\" and \"number\"");
  EXPECT_EQ(fault_refusal("kind = 'strange'\nnumber = 2\nrate = 1"),
            "t.toml:5:10: \"number\" in fault \"x\" cannot stand beside \"rate\": one or the other");
}

TEST(Parameter, WhatIsWrongAloneIsSaidFirst) {
  EXPECT_EQ(fault_refusal("kind = 'strange'\nfactor = 0"),
            "t.toml:5:10: \"factor\" in fault \"x\" must be a factor from 0.01 to 100, such as 1.5, not 0");
}

std::vector<Sides> sides(const std::string& written) {
  return fault_of("kind = 'split'\nbetween = " + written).get<std::vector<Sides>>("between");
}

TEST(Sides, AreTwoSelectors) {
  EXPECT_EQ(sides("['0..4', '5..9']"), (std::vector<Sides>{{ids({{0, 4}}), ids({{5, 9}})}}));
  EXPECT_EQ(sides("[0, [1, 2]]"), (std::vector<Sides>{{ids({{0, 0}}), ids({{1, 2}})}}));
  EXPECT_EQ(sides("['initiator', '*']"), (std::vector<Sides>{{{Selector::Kind::initiator}, {}}}));
  EXPECT_EQ(sides("[{ count = 2 }, '*']"), (std::vector<Sides>{{{Selector::Kind::count, {}, 2}, {}}}));
}

TEST(Sides, MayBeSeveralPairs) {
  EXPECT_EQ(sides("[[0, 1], ['2..4', '5..9']]"),
            (std::vector<Sides>{{ids({{0, 0}}), ids({{1, 1}})}, {ids({{2, 4}}), ids({{5, 9}})}}));
  EXPECT_EQ(sides("[[[0, 1], [2, 3]]]"), (std::vector<Sides>{{ids({{0, 1}}), ids({{2, 3}})}}));
}

TEST(Sides, AreRefusedWhereTheyAreNotTwo) {
  const std::string allowed =
      "must be an array of two selectors of nodes, such as [\"0..4\", \"5..9\"], or of pairs of them, not ";
  for (const auto& [written, why] : std::vector<std::pair<std::string, std::string>>{
           {"'*'", allowed + "\"*\""},
           {"[]", allowed + "of 0"},
           {"[1, 2, 3]", allowed + "of 3"},
           {"[[1, 2], [3]]", "has a pair 2 that has 1 elements; it must have two sides"},
           {"['0..4', '4..9']", "has node 4 on both sides"},
           {"['3..5', [0, 4]]", "has node 4 on both sides"},
           {"[[1, 2], [0, '0..2']]", "has a pair 2 that has node 0 on both sides"},
           {"['initiator', 'initiator']", "has the initiator on both sides"},
           {"['*', 1]", "has \"*\" as a first side: it stands for all others, so it comes second"},
           {"[10, 1]", "has a first side that selects node 10, but the last node is 9"},
           {"[1, 'x']",
            "has a second side that must be a selector of nodes: \"*\", \"initiator\", 3, \"0..9\", [1, 4], "
            "{ count = 2 } "
            "or { share = \"10%\" }, not \"x\""}}) {
    EXPECT_EQ(fault_refusal("kind = 'split'\nbetween = " + written),
              "t.toml:5:11: \"between\" in fault \"x\" " + why);
  }
}

TEST(Sides, StandInPlaceOfFromAndTo) {
  EXPECT_EQ(fault_refusal("kind = 'split'\nbetween = [1, 2]\nfrom = 1"),
            "t.toml:6:1: fault \"x\" has no \"from\": split has \"between\" instead");
}

}  // namespace
}  // namespace hearsay::scenario
