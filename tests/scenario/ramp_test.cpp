#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "known.hpp"

namespace hearsay::scenario {
namespace {

TEST(Ramp, StandsInPlaceOfAShare) {
  const Fault fault = fault_of("kind = 'drop'\nramp = { from = '10%', to = 0.5, over = '10s' }");
  ASSERT_TRUE(fault.ramp);
  EXPECT_EQ(fault.ramp->parameter, "probability");
  EXPECT_EQ(fault.ramp->from, 0.1);
  EXPECT_EQ(fault.ramp->to, 0.5);
  EXPECT_EQ(fault.ramp->over, 10 * kSecond);
  EXPECT_TRUE(fault.ramps("probability"));
  EXPECT_FALSE(fault.has("probability"));
}

TEST(Ramp, IsOfADurationIfItBeginsWithOne) {
  const Fault fault = fault_of("kind = 'delay'\nramp = { from = '0s', to = '50ms', over = '1us' }");
  EXPECT_EQ(fault.ramp->parameter, "delay");
  EXPECT_EQ(fault.ramp->from, 0);
  EXPECT_EQ(fault.ramp->to, 50'000);
  EXPECT_EQ(fault.get<double>("share"), 1);
}

TEST(Ramp, NamesWhichParameterItIsOf) {
  const Fault fault =
      fault_of("kind = 'delay'\ndelay = '1s'\nramp = { of = 'share', from = 0, to = 1, over = '1s' }");
  EXPECT_EQ(fault.ramp->parameter, "share");
  EXPECT_FALSE(fault.has("share"));
  EXPECT_TRUE(fault.has("delay"));
}

TEST(Ramp, CountsAsTheParameterThatMustBeThere) {
  const std::string both = "kind = 'drop'\nprobability = 1\nramp = { from = 0, to = 1, over = '1s' }";
  EXPECT_EQ(fault_refusal(both),
            "t.toml:5:15: \"probability\" in fault \"x\" cannot stand beside a ramp of it: one or the other");
}

TEST(Ramp, SaysWhatIsWrongWithIt) {
  const std::string unit = "(unit us, ms, s, m or h; at most 1000h)";
  for (const auto& [ramp, why] : std::vector<std::pair<std::string, std::string>>{
           {"'10%'",
            "5:8: \"ramp\" in fault \"x\" must be a table such as { from = \"0%\", to = \"30%\", over = "
            "\"10s\" }, not "
            "\"10%\""},
           {"{ from = 0, to = 1.5, over = '1s' }",
            "5:25: \"to\" in the ramp of fault \"x\" must be a share from 0 to 1, such as \"30%\" or 0.3, "
            "not 1.5"},
           {"{ from = 0, to = '5s', over = '1s' }",
            "5:25: \"to\" in the ramp of fault \"x\" must be a share from 0 to 1, such as \"30%\" or 0.3, "
            "not \"5s\""},
           {"{ from = 0, to = 1, over = '0s' }",
            "5:35: \"over\" in the ramp of fault \"x\" must be a duration above 0, such as \"10s\" " + unit +
                ", not \"0s\""},
           {"{ from = 0, to = 1 }",
            "5:8: missing key \"over\" in the ramp of fault \"x\": a duration above 0, such as \"10s\" " +
                unit},
           {"{ from = 0, to = 1, over = '1s', off = 1 }",
            "5:41: unknown key \"off\" in the ramp of fault \"x\"; did you mean \"of\"?"},
           {"{ of = 'what', from = 0, to = 1, over = '1s' }",
            "5:15: \"of\" in the ramp of fault \"x\" must be \"probability\", not \"what\""},
       })
    EXPECT_EQ(fault_refusal("kind = 'drop'\nramp = " + ramp), "t.toml:" + why) << ramp;
  EXPECT_EQ(fault_refusal("kind = 'kill'\nnodes = 1\nramp = { from = 0, to = 1, over = '1s' }"),
            "t.toml:6:1: fault \"x\" has no \"ramp\": kill has nothing that a ramp changes");
}

}  // namespace
}  // namespace hearsay::scenario
