#include "verdict/planning.hpp"

#include <gtest/gtest.h>

#include "tests/verdict/binomial.hpp"
#include "verdict/intervals.hpp"
#include "verdict/paired.hpp"

namespace hearsay::verdict {
namespace {

TEST(Planning, TheChanceToShowIsASumOverAllThatMayBeSeen) {
  for (const std::uint64_t trials : {1U, 20U, 299U, 500U}) {
    const std::vector<long double> chance = binomial(trials, 0.97L);
    long double shown = 0;
    for (std::uint64_t k = 0; k <= trials; ++k)
      if (lower_limit(k, trials, 0.95) >= 0.9) shown += chance[k];
    EXPECT_NEAR(chance_to_show(0.97, 0.9, 0.95, trials), static_cast<double>(shown), 1e-12);
  }
}

TEST(Planning, ASystemWithoutFailuresTakesTheCleanTrialsOfTheLimit) {
  EXPECT_EQ(units_to_show(1, 0.99, 0.95, 0.999), 299U);
  EXPECT_EQ(units_to_show(1, 0.99, 0.95, 0.999, 20), 15U);
}

TEST(Planning, SoManyDo) {
  const auto trials = units_to_show(0.97, 0.9, 0.95, 0.999);
  ASSERT_TRUE(trials);
  EXPECT_GE(chance_to_show(0.97, 0.9, 0.95, *trials), 0.999);
  EXPECT_LT(chance_to_show(0.97, 0.9, 0.95, *trials / 2), 0.999);
}

TEST(Planning, NothingShowsWhatIsNotSo) {
  EXPECT_FALSE(units_to_show(0.9, 0.9, 0.95, 0.999));
  EXPECT_FALSE(units_to_show(0.9000001, 0.9, 0.95, 0.999));
}

TEST(Planning, TheChanceToFindALossIsASumOverAllThatMayBeSeen) {
  constexpr std::uint64_t kPairs = 60;
  const std::vector<long double> gains = binomial(kPairs, 0.05L);
  long double found = 0;
  for (std::uint64_t gained = 0; gained <= kPairs; ++gained) {
    const std::vector<long double> losses = binomial(kPairs - gained, 0.2L / 0.95L);
    for (std::uint64_t lost = 0; lost <= kPairs - gained; ++lost)
      if (loss_p_value({kPairs, gained, lost}) <= 0.01) found += gains[gained] * losses[lost];
  }
  EXPECT_NEAR(chance_to_find_loss(kPairs, 0.2, 0.05, 0.01), static_cast<double>(found), 1e-8);
}

TEST(Planning, TheSmallestLossFoundIsFoundThatOften) {
  const auto excess = smallest_loss_found(10'000, 0.003, 1e-4, 0.95);
  ASSERT_TRUE(excess);
  EXPECT_NEAR(chance_to_find_loss(10'000, 0.003 + *excess, 0.003, 1e-4), 0.95, 0.001);
  EXPECT_LT(*excess, 0.01);
}

// 13 losses without a gain are the fewest that are significant at 1e-4.
TEST(Planning, TooFewPairsFindNothing) {
  EXPECT_FALSE(smallest_loss_found(13, 0, 1e-4, 0.95));
  EXPECT_TRUE(smallest_loss_found(14, 0, 1e-4, 0.95));
}

}  // namespace
}  // namespace hearsay::verdict
