#include "tests/support/uniformity.hpp"

#include <gtest/gtest.h>

namespace hearsay::testing {
namespace {

TEST(Uniformity, OneOutcomeIsNoSurprise) { EXPECT_EQ(uniform_p_value({1000}), 1); }

TEST(Uniformity, EvenCountsAreNoSurprise) { EXPECT_EQ(uniform_p_value({500, 500, 500}), 1); }

// Of 20 fair tosses none shows tails, or all do, with probability 2^-19; there are two counts.
TEST(Uniformity, OfAFairCoin) { EXPECT_NEAR(uniform_p_value({20, 0}), 2 / 524'288.0, 1e-12); }

TEST(Uniformity, FindsOneOutcomeThatIsTooFrequentOrTooRare) {
  EXPECT_LT(uniform_p_value({20'000, 20'000, 21'200, 20'000}), kFalseAlarm);
  EXPECT_LT(uniform_p_value({20'000, 20'000, 18'800, 20'000}), kFalseAlarm);
  EXPECT_GT(uniform_p_value({20'000, 20'000, 20'200, 20'000}), 0.1);
}

}  // namespace
}  // namespace hearsay::testing
