#include "measure/lag_meter.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <vector>

namespace hearsay::measure {
namespace {

Lag lag_of(const std::vector<Duration>& lates) {
  LagMeter meter;
  for (const Duration late : lates) meter.add(late);
  return meter.lag();
}

TEST(LagMeter, OfNothingIsZero) {
  const Lag lag = LagMeter().lag();
  EXPECT_EQ(lag.p50, 0);
  EXPECT_EQ(lag.p99, 0);
  EXPECT_EQ(lag.max, 0);
}

TEST(LagMeter, EarlyIsNotLate) {
  const Lag lag = lag_of({-5, -1, 0});
  EXPECT_EQ(lag.p99, 0);
  EXPECT_EQ(lag.max, 0);
}

TEST(LagMeter, QuantilesAreNearestRanks) {
  std::vector<Duration> lates;
  for (Duration late = 100; late >= 1; --late) lates.push_back(late);
  const Lag lag = lag_of(lates);
  EXPECT_EQ(lag.p50, 50);
  EXPECT_EQ(lag.p99, 99);
  EXPECT_EQ(lag.max, 100);
}

TEST(LagMeter, OneLateTimerIsEveryQuantile) {
  for (const Duration late : {Duration{0}, Duration{127}, Duration{128}, 5 * kSecond, kLongest, kNever}) {
    const Lag lag = lag_of({late});
    EXPECT_EQ(lag.p50, late);
    EXPECT_EQ(lag.p99, late);
    EXPECT_EQ(lag.max, late);
  }
}

/// Mostly small ones, and some of every magnitude.
rc::Gen<Duration> any_lateness() {
  return rc::gen::map(rc::gen::pair(rc::gen::inRange(0, 63), rc::gen::positive<Duration>()),
                      [](const std::pair<int, Duration>& parts) { return parts.second >> parts.first; });
}

void expect_close(Duration measured, Duration exact) {
  RC_ASSERT(measured >= exact);
  if (exact < 128)
    RC_ASSERT(measured == exact);
  else
    RC_ASSERT(static_cast<double>(measured) <= 1.016 * static_cast<double>(exact));
}

RC_GTEST_PROP(LagMeter, IsNeverTooLowAndHardlyTooHigh, ()) {
  auto lates = *rc::gen::nonEmpty(rc::gen::container<std::vector<Duration>>(any_lateness()));
  const Lag lag = lag_of(lates);
  std::ranges::sort(lates);
  expect_close(lag.p50, quantile(lates, 0.5));
  expect_close(lag.p99, quantile(lates, 0.99));
  RC_ASSERT(lag.max == lates.back());
}

}  // namespace
}  // namespace hearsay::measure
