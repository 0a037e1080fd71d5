#include "scenario/units.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace hearsay::scenario {
namespace {

TEST(Duration, ReadsEachUnit) {
  EXPECT_EQ(parse_duration("250us"), 250);
  EXPECT_EQ(parse_duration("10ms"), 10'000);
  EXPECT_EQ(parse_duration("1s"), kSecond);
  EXPECT_EQ(parse_duration("2m"), 2 * kMinute);
  EXPECT_EQ(parse_duration("3h"), 3 * kHour);
  EXPECT_EQ(parse_duration("0s"), 0);
}

TEST(Duration, ReadsFractionsThatAreWholeMicroseconds) {
  EXPECT_EQ(parse_duration("1.5s"), 1'500'000);
  EXPECT_EQ(parse_duration("0.25ms"), 250);
  EXPECT_EQ(parse_duration("1.000000000000000000000s"), kSecond);
  EXPECT_EQ(parse_duration("0.000000005h"), 18);
  EXPECT_EQ(parse_duration("0.0000000025h"), 9);
  EXPECT_EQ(parse_duration("0.0000005s"), std::nullopt);
  EXPECT_EQ(parse_duration("0.5us"), std::nullopt);
  EXPECT_EQ(parse_duration("0.3333333333333333h"), std::nullopt);
}

TEST(Duration, ReachesTheLongestAndNotBeyond) {
  EXPECT_EQ(parse_duration("1000h"), kLongest);
  EXPECT_EQ(parse_duration("3600000000000us"), kLongest);
  EXPECT_EQ(parse_duration("3600000000001us"), std::nullopt);
  EXPECT_EQ(parse_duration("1000.1h"), std::nullopt);
  EXPECT_EQ(parse_duration("9223372036854775807h"), std::nullopt);
  EXPECT_EQ(parse_duration("99999999999999999999999999s"), std::nullopt);
}

TEST(Duration, RefusesAnythingElse) {
  for (const char* text :
       {"",    "5",  "s",    ".5s",  "5.s",  "5.",  ".",   "1.2.3s", "-1s",  "+1s",  " 1s", "1 s",
        "1s ", "1S", "1sec", "1e3s", "0x1s", "inf", "nan", "1s2",    "1m1s", "1,5s", "5µs"}) {
    EXPECT_EQ(parse_duration(text), std::nullopt) << text;
  }
}

TEST(Duration, IsWrittenInTheLargestFittingUnit) {
  EXPECT_EQ(format_duration(0), "0s");
  EXPECT_EQ(format_duration(1), "1us");
  EXPECT_EQ(format_duration(250), "250us");
  EXPECT_EQ(format_duration(1'001), "1.001ms");
  EXPECT_EQ(format_duration(1'500'000), "1.5s");
  EXPECT_EQ(format_duration(61 * kSecond), "61s");
  EXPECT_EQ(format_duration(90 * kSecond), "90s");
  EXPECT_EQ(format_duration(2 * kMinute), "2m");
  EXPECT_EQ(format_duration(90 * kMinute), "90m");
  EXPECT_EQ(format_duration(kLongest), "1000h");
}

RC_GTEST_PROP(DurationProperty, IsReadAsItWasWritten, ()) {
  const Duration span = *rc::gen::inRange<Duration>(0, kLongest + 1);
  RC_ASSERT(parse_duration(format_duration(span)) == span);
}

TEST(Rate, IsANumberPerSecondMinuteOrHour) {
  EXPECT_EQ(parse_rate("2/s"), 2);
  EXPECT_EQ(parse_rate("30/m"), 0.5);
  EXPECT_EQ(parse_rate("0.5/h"), 0.5 / 3600);
  EXPECT_EQ(parse_rate("0/s"), 0);
  for (const char* text :
       {"", "/", "2", "2/", "/s", "2/d", "2/ss", "2 /s", " 2/s", "-2/s", "1e3/s", "2/s/s", "inf/s"})
    EXPECT_EQ(parse_rate(text), std::nullopt) << text;
}

TEST(Share, ReadsPercentAndFraction) {
  EXPECT_EQ(parse_share("30%"), 0.3);
  EXPECT_EQ(parse_share("0.3"), 0.3);
  EXPECT_EQ(parse_share("0"), 0.0);
  EXPECT_EQ(parse_share("1"), 1.0);
  EXPECT_EQ(parse_share("0%"), 0.0);
  EXPECT_EQ(parse_share("100%"), 1.0);
}

TEST(Share, PercentIsTheVerySameNumberAsItsFraction) {
  EXPECT_EQ(parse_share("0.1%"), 0.001);
  EXPECT_EQ(parse_share("99.9%"), 0.999);
  EXPECT_EQ(parse_share("0.7%"), 0.007);
}

TEST(Share, RefusesAnythingElse) {
  for (const char* text : {"", "%", "1.1", "101%", "100.0001%", "-1%", "+1%", "1e-2", "inf", "nan", "nan%",
                           "3 %", " 3%", "30%%", "0x1", ".5", "5.", "30 percent"}) {
    EXPECT_EQ(parse_share(text), std::nullopt) << text;
  }
}

TEST(Share, IsWrittenAsPercent) {
  EXPECT_EQ(format_share(0), "0%");
  EXPECT_EQ(format_share(0.3), "30%");
  EXPECT_EQ(format_share(0.001), "0.1%");
  EXPECT_EQ(format_share(1), "100%");
  EXPECT_EQ(format_share(1.0 / 3), "33.3333%");
  EXPECT_EQ(format_share(0.0000000125), "0.00000125%");
}

}  // namespace
}  // namespace hearsay::scenario
