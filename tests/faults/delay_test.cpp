#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/faults/traffic.hpp"
#include "tests/support/duration_laws.hpp"
#include "tests/support/exact_binomial.hpp"
#include "tests/support/kolmogorov_smirnov.hpp"
#include "tests/support/uniformity.hpp"

namespace hearsay::faults {
namespace {

std::string delay(const std::string& how_long, const std::string& more = "") {
  return "[[fault]]\nname = \"slow\"\nkind = \"delay\"\ndelay = \"" + how_long + "\"\n" + more + "\n";
}

/// How often each delay from `low` on comes, in bins of `width` microseconds; all must fall into one.
std::vector<std::uint64_t> histogram(const std::string& how_long, Duration low, std::size_t bins,
                                     Duration width) {
  Layer layer = layer_of(delay(how_long));
  std::vector<std::uint64_t> counts(bins);
  for (Version version = 1; version <= 2000; ++version)
    for (const Message& message : judged(layer, traffic(0, {.fanout = 10, .version = version})))
      ++counts.at(static_cast<std::size_t>((message.delay - low) / width));
  return counts;
}

TEST(Delay, AConstantOneHoldsEachMessageBackAsLong) {
  Layer layer = layer_of(delay("100ms"));
  for (const Message& message : judged(layer, traffic())) {
    EXPECT_EQ(message.delay, 100'000U);
    EXPECT_FALSE(message.dropped());
  }
  EXPECT_EQ(layer.evidence(0)[0].hit, 63U);
}

// 420,000 delays. Were one of the 10 off by a twentieth, this would fail almost surely.
TEST(DelayStatistics, ARangeIsUniformEndsIncluded) {
  EXPECT_GT(testing::uniform_p_value(histogram("10us..19us", 10, 10, 1)), testing::kFalseAlarm);
}

// 1001 values are 13 bins of 77.
TEST(DelayStatistics, AWideRangeIsUniform) {
  EXPECT_GT(testing::uniform_p_value(histogram("1ms..2ms", 1000, 13, 77)), testing::kFalseAlarm);
}

TEST(DelayStatistics, ARangeFromZeroIncludesZero) {
  EXPECT_GT(testing::uniform_p_value(histogram("0us..1us", 0, 2, 1)), testing::kFalseAlarm);
}

// 42,000 delays, of which a hundredth are expected above mean + 2.3263 jitters.
TEST(DelayStatistics, MayFollowADistribution) {
  Layer layer = layer_of(
      "[[fault]]\nname = \"slow\"\nkind = \"delay\"\n"
      "delay = { distribution = \"normal\", mean = \"20ms\", jitter = \"5ms\", min = \"15ms\" }\n");
  std::uint64_t least = 0;
  std::uint64_t most = 0;
  std::uint64_t all = 0;
  for (Version version = 1; version <= 200; ++version)
    for (const Message& message : judged(layer, traffic(0, {.fanout = 10, .version = version}))) {
      EXPECT_GE(message.delay, 15'000U);
      least += message.delay == 15'000;
      most += message.delay > 31'631;
      ++all;
    }
  EXPECT_GT(testing::two_sided_p_value(least, all, 0.158655 + 1e-5), testing::kFalseAlarm);
  EXPECT_GT(testing::two_sided_p_value(most, all, 0.01), testing::kFalseAlarm);
  EXPECT_EQ(layer.evidence(0)[0].hit, all);
}

/// Delays in microseconds, of a fault whose `delay` is written so.
std::vector<double> delays_drawn(const std::string& written) {
  Layer layer = layer_of("[[fault]]\nname = \"slow\"\nkind = \"delay\"\ndelay = " + written + "\n");
  std::vector<double> all;
  for (Version version = 1; version <= 2500; ++version)
    for (const Message& message : judged(layer, traffic(0, {.fanout = 20, .version = version})))
      all.push_back(message.delay);
  return all;
}

// 1,050,000 delays each: a distribution function that is off by 0.004 anywhere fails almost surely. Rounding
// to whole microseconds puts it off by less than 0.0001.
TEST(DelayStatistics, EveryDistributionIsWhatItsFormulaSays) {
  for (const testing::DurationLaw& law : testing::duration_laws())
    EXPECT_GT(testing::kolmogorov_smirnov_p_value(delays_drawn(law.written), law.distribution),
              testing::kFalseAlarm)
        << law.written;
}

TEST(Delay, TheLongestIsMetExactly) {
  Layer layer = layer_of(delay("1h"));
  EXPECT_EQ(judged(layer, traffic())[0].delay, 3'600'000'000U);
}

TEST(Delay, SeveralAddUp) {
  Layer layer = layer_of("[[fault]]\nname = \"a\"\nkind = \"delay\"\ndelay = \"3ms\"\n" + delay("20ms"));
  for (const Message& message : judged(layer, traffic())) EXPECT_EQ(message.delay, 23'000U);
}

TEST(Delay, OnlyBetweenThoseItSelects) {
  Layer layer = layer_of(delay("1ms..5ms", "from = 3\nto = \"4..5\""));
  for (const Message& message : judged(layer, traffic()))
    EXPECT_EQ(message.delay > 0, message.from == 3 && message.to != 3);
}

TEST(Delay, OnlyInItsWindow) {
  Layer layer = layer_of(delay("1ms", "at = \"1s\"\nfor = \"10ms\""));
  EXPECT_EQ(judged(layer, traffic(kSecond - 1))[0].delay, 0U);
  EXPECT_EQ(judged(layer, traffic(kSecond))[0].delay, 1000U);
  EXPECT_EQ(judged(layer, traffic(kSecond + 9'999))[0].delay, 1000U);
  EXPECT_EQ(judged(layer, traffic(kSecond + 10'000))[0].delay, 0U);
}

// A message that some earlier rule took is no longer there to be held back.
TEST(Delay, WhatWasDroppedIsNotHeldBack) {
  Layer layer =
      layer_of("[[fault]]\nname = \"all gone\"\nkind = \"drop\"\nprobability = 1\nto = 0\n" + delay("5ms"));
  for (const Message& message : judged(layer, traffic()))
    EXPECT_EQ(message.delay, message.to == 0 ? 0U : 5000U);
  EXPECT_EQ(layer.evidence(0)[1].eligible, 63U - layer.evidence(0)[0].hit);
}

}  // namespace
}  // namespace hearsay::faults
