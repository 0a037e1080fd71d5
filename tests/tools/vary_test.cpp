#include "tools/vary.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/errors.hpp"
#include "tools/variants.hpp"

namespace hearsay::tools {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

std::vector<std::string> values(const std::string& text) { return parse_axis("key=" + text).values; }

std::string refusal(const std::string& text) {
  try {
    parse_axis(text);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

bool parts_too(const report::Setting&) { return true; }
bool whole_only(const report::Setting& setting) { return setting.value.find('.') == std::string::npos; }

std::vector<std::string> places(const std::string& text, const Taken& taken) {
  return parse_places("key=" + text, taken).values;
}

TEST(Vary, AListIsPartedAtItsCommas) {
  EXPECT_THAT(values("2,3,4"), ElementsAre("2", "3", "4"));
  EXPECT_THAT(values("30%"), ElementsAre("30%"));
}

TEST(Vary, CommasWithinBracketsAndQuotesPartNothing) {
  EXPECT_THAT(values(R"([1, 4],{ count = 2, x = [3,4] },"a,b",'c,d')"),
              ElementsAre("[1, 4]", "{ count = 2, x = [3,4] }", "\"a,b\"", "'c,d'"));
}

TEST(Vary, TheKeyEndsAtTheFirstEqualsSign) {
  EXPECT_EQ(parse_axis("fault.bad wifi.nodes={ count = 2 }").key, "fault.bad wifi.nodes");
}

TEST(Vary, RangesAreExactInDecimal) {
  EXPECT_THAT(values("0..0.7:0.1"), ElementsAre("0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7"));
  EXPECT_THAT(values("0..70%:35%"), ElementsAre("0%", "35%", "70%"));
  EXPECT_THAT(values("5..20ms:7.5ms"), ElementsAre("5ms", "12.5ms", "20ms"));
  EXPECT_THAT(values("2..9:3"), ElementsAre("2", "5", "8"));
  EXPECT_THAT(values("3..3:1"), ElementsAre("3"));
}

TEST(Vary, AQuotedRangeIsAValue) { EXPECT_THAT(values("\"0..9\""), ElementsAre("\"0..9\"")); }

TEST(Vary, WhatIsNoAxisIsRefusedWithWhatIsAllowed) {
  for (const char* text : {"gossip.fanout", "=3", ""})
    EXPECT_THAT(refusal(text), HasSubstr("write KEY=VALUE,VALUE,…")) << text;
  for (const char* text : {"k=0..7", "k=0..7:0", "k=7..0:1", "k=0..1s:100ms", "k=a..b:c",
                           "k=0..1:", "k=..1:1", "k=0..9999999999999:1"})
    EXPECT_THAT(refusal(text), AllOf(HasSubstr("--vary k="), HasSubstr("a range is FROM..TO:STEP"))) << text;
  for (const char* text : {"k=", "k=1,", "k=,1", "k=1,,2"})
    EXPECT_THAT(refusal(text), HasSubstr("a value is missing")) << text;
  EXPECT_THAT(refusal("k=0..1000000:1"), HasSubstr("at most 10000 values"));
}

TEST(Vary, PlacesOfASearchNeedNoStep) {
  const std::vector<std::string> shares = places("0..1", parts_too);
  EXPECT_THAT(shares, SizeIs(1001));
  EXPECT_EQ(shares[5], "0.005");
  EXPECT_EQ(places("1..3", parts_too)[1], "1.002");
  EXPECT_EQ(places("1s..2s", parts_too)[1], "1.001s");
  EXPECT_THAT(places("0..70%:35%", parts_too), ElementsAre("0%", "35%", "70%"));
  EXPECT_THAT(places("3,1,2", parts_too), ElementsAre("3", "1", "2"));
  for (const char* text : {"3", "", "5..2", "2..2"})
    EXPECT_THROW(places(text, parts_too), InputError) << text;
  EXPECT_THROW(parse_places("a", parts_too), InputError);
}

TEST(Vary, PlacesOfAKeyThatTakesWholeNumbersAreWhole) {
  EXPECT_THAT(places("2..5", whole_only), ElementsAre("2", "3", "4", "5"));
  EXPECT_THAT(places("1..2", whole_only), ElementsAre("1", "2"));
  EXPECT_THAT(places("10..1000010", whole_only), SizeIs(1001));
  EXPECT_THAT(places("10..2011", whole_only), SizeIs(668));
}

TEST(Vary, LossesAreShares) {
  EXPECT_THAT(parse_loss("0..20%:10%").values, ElementsAre("0%", "10%", "20%"));
  EXPECT_THROW(parse_loss("0,2"), InputError);
  EXPECT_THROW(parse_loss("0..200%:50%"), InputError);
  EXPECT_THROW(parse_loss("much"), InputError);
}

TEST(Grid, HasAllCombinationsTheLastAxisFastest) {
  using report::Setting;
  EXPECT_THAT(grid({{"a", {"1", "2"}}, {"b", {"x", "y"}}}),
              ElementsAre(ElementsAre(Setting{"a", "1"}, Setting{"b", "x"}),
                          ElementsAre(Setting{"a", "1"}, Setting{"b", "y"}),
                          ElementsAre(Setting{"a", "2"}, Setting{"b", "x"}),
                          ElementsAre(Setting{"a", "2"}, Setting{"b", "y"})));
  EXPECT_THAT(grid({}), ElementsAre(SizeIs(0)));
}

TEST(Grid, HasItsBounds) {
  EXPECT_THROW(grid({{"a", {"1"}}, {"a", {"2"}}}), InputError);
  const std::vector<std::string> many(101, "1");
  EXPECT_THROW(grid({{"a", many}, {"b", many}}), InputError);
}

}  // namespace
}  // namespace hearsay::tools
