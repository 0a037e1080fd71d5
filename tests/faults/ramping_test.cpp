#include "faults/ramping.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace hearsay::faults {
namespace {

TEST(Ramping, GoesInAStraightLineAndStays) {
  const Ramping up({.at = 100}, 0, 10, 1000);
  EXPECT_EQ(up.at(100), 0);
  EXPECT_EQ(up.at(149), 0);
  EXPECT_EQ(up.at(150), 1) << "half a step is rounded up";
  EXPECT_EQ(up.at(600), 5);
  EXPECT_EQ(up.at(1100), 10);
  EXPECT_EQ(up.at(kLongest), 10);
  EXPECT_EQ(up.most(), 10);
}

TEST(Ramping, GoesDownAsItGoesUp) {
  const Ramping down({.at = 100}, 10, 0, 1000);
  for (const auto& [at, value] : {std::pair{100, 10}, {149, 10}, {150, 9}, {600, 5}, {1100, 0}, {9999, 0}})
    EXPECT_EQ(down.at(at), value) << at;
  EXPECT_EQ(down.most(), 10);
}

TEST(Ramping, BeginsAnewInEachOpening) {
  const Ramping again({.at = 100, .length = 50, .every = 200}, 0, 100, 100);
  EXPECT_EQ(again.at(149), 49);
  EXPECT_EQ(again.at(300), 0);
  EXPECT_EQ(again.at(325), 25);
}

TEST(Ramping, OfSharesCountsTheWordsThatHit) {
  scenario::Fault rule;
  rule.ramp = {.parameter = "probability", .from = 0.25, .to = 1, .over = 3};
  const Ramping share = Ramping::of_share(rule);
  EXPECT_EQ(share.at(0), std::int64_t{1} << 30);
  EXPECT_EQ(share.at(1), std::int64_t{1} << 31);
  EXPECT_EQ(share.at(3), std::int64_t{1} << 32) << "all of them";
}

RC_GTEST_PROP(Ramping, IsWithinHalfAStepOfTheLine, ()) {
  const auto any = [] { return *rc::gen::inRange<std::int64_t>(0, kLongest); };
  const std::int64_t from = any();
  const std::int64_t to = any();
  const Duration over = any() + 1;
  const Tick at = *rc::gen::inRange<Tick>(0, over);
  const long double line =
      static_cast<long double>(from) + (static_cast<long double>(to) - static_cast<long double>(from)) *
                                           static_cast<long double>(at) / static_cast<long double>(over);
  const Ramping ramp({}, from, to, over);
  // 64 bits of long double leave 22 behind the point.
  RC_ASSERT(std::abs(static_cast<long double>(ramp.at(at)) - line) <= 0.5L + 1e-5L);
}

}  // namespace
}  // namespace hearsay::faults
