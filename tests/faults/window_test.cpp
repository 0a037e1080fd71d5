#include "faults/window.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace hearsay::faults {
namespace {

Window window(Tick at, Duration length = kNever, Duration every = 0) {
  return Window({.at = at, .length = length, .every = every});
}

TEST(Window, LastsToTheEndUnlessToldOtherwise) {
  EXPECT_EQ(window(5).opening(4), std::nullopt);
  EXPECT_EQ(window(5).opening(5), 0U);
  EXPECT_EQ(window(5).opening(kNever - 1), 0U);
}

TEST(Window, ItsStartIsInItItsEndIsNot) {
  const Window once = window(1000, 50);
  EXPECT_EQ(once.opening(999), std::nullopt);
  EXPECT_EQ(once.opening(1000), 0U);
  EXPECT_EQ(once.opening(1049), 0U);
  EXPECT_EQ(once.opening(1050), std::nullopt);
}

TEST(Window, OpensAgainEvery) {
  const Window often = window(1000, 50, 200);
  EXPECT_EQ(often.opening(1199), std::nullopt);
  EXPECT_EQ(often.opening(1200), 1U);
  EXPECT_EQ(often.opening(1249), 1U);
  EXPECT_EQ(often.opening(1250), std::nullopt);
  EXPECT_EQ(often.opening(1000 + 200 * 777), 777U);
}

TEST(Window, OpeningsMayFollowEachOtherWithoutAGap) {
  const Window always = window(0, 10, 10);
  EXPECT_EQ(always.opening(9), 0U);
  EXPECT_EQ(always.opening(10), 1U);
}

TEST(Window, BeginsOfOpenings) {
  EXPECT_EQ(window(7).begin(0), 7);
  EXPECT_EQ(window(7).begin(1), kNever);
  EXPECT_EQ(window(7, kNever, 10).begin(3), 37);
}

RC_GTEST_PROP(Window, AnInstantIsInTheOpeningThatBeganLessThanItsLengthAgo, ()) {
  const Tick at = *rc::gen::inRange(0, 100);
  const Duration length = *rc::gen::inRange(1, 30);
  const Duration every = length + *rc::gen::inRange(0, 30);
  const Tick now = *rc::gen::inRange(0, 500);
  const Window often = window(at, length, every);
  std::optional<std::uint64_t> expected;
  for (std::uint64_t k = 0; often.begin(k) <= now; ++k)
    if (now < often.begin(k) + length) expected = k;
  RC_ASSERT(often.opening(now) == expected);
}

TEST(Window, KnowsWhenItHasBeenOpenForSoLong) {
  EXPECT_EQ(Window({.at = 5}).when(7), 12);
  const Window once({.at = 5, .length = 10});
  EXPECT_EQ(once.when(9), 14);
  EXPECT_EQ(once.when(10), kNever);
  const Window again({.at = 5, .length = 10, .every = 100});
  EXPECT_EQ(again.when(9), 14);
  EXPECT_EQ(again.when(10), 105);
  EXPECT_EQ(again.when(25), 210);
}

}  // namespace
}  // namespace hearsay::faults
