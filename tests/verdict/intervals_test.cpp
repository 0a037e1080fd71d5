#include "verdict/intervals.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "tests/verdict/binomial.hpp"
#include "verdict/beta.hpp"

namespace hearsay::verdict {
namespace {

struct Reference {
  std::uint64_t k;
  std::uint64_t n;
  double confidence;
};

const std::vector<Reference> kReferences = {
    {1, 1, 0.95},    {1, 2, 0.95},    {3, 10, 0.9},     {5, 10, 0.99},     {19, 20, 0.95},
    {18, 20, 0.95},  {99, 100, 0.95}, {50, 100, 0.999}, {298, 300, 0.95},  {1, 300, 0.95},
    {400, 410, 0.9}, {2, 500, 0.5},   {495, 500, 0.99}, {999, 1000, 0.95}, {990, 1000, 0.9999},
};

// By definition, the lower limit is the chance at which k or more successes have probability 1 - confidence.
TEST(ClopperPearson, LowerLimitSolvesTheBinomialTail) {
  for (const auto& [k, n, confidence] : kReferences) {
    const auto tail = static_cast<double>(at_least(k, n, lower_limit(k, n, confidence)));
    EXPECT_NEAR(tail / (1 - confidence), 1, 1e-8) << k << " of " << n;
  }
}

TEST(ClopperPearson, UpperLimitSolvesTheBinomialTail) {
  for (const auto& [k, n, confidence] : kReferences) {
    if (k == n) continue;
    const auto tail = static_cast<double>(at_most(k, n, upper_limit(k, n, confidence)));
    EXPECT_NEAR(tail / (1 - confidence), 1, 1e-8) << k << " of " << n;
  }
}

TEST(ClopperPearson, ClosedFormsWhereNothingOrEverythingSucceeded) {
  for (const std::uint64_t n : {1U, 2U, 7U, 299U, 1'000'000U}) {
    const double edge = std::pow(0.05, 1 / static_cast<double>(n));
    EXPECT_NEAR(lower_limit(n, n, 0.95), edge, 1e-14);
    EXPECT_NEAR(upper_limit(0, n, 0.95), 1 - edge, 1e-14);
    EXPECT_EQ(lower_limit(0, n, 0.95), 0);
    EXPECT_EQ(upper_limit(n, n, 0.95), 1);
  }
}

// By plain sums, at chances from common to far beyond what counts as a bug.
TEST(TwoSidedChance, IsTwiceTheRarerTailOfTheBinomial) {
  for (const auto& [k, n, chance] : kReferences)
    for (const double p : {0.1 * chance, 0.5, chance}) {
      const auto exact = static_cast<double>(2 * std::min(at_least(k, n, p), at_most(k, n, p)));
      EXPECT_NEAR(two_sided_chance(k, n, p), std::min(1.0, exact), 1e-8 * exact)
          << k << " of " << n << " at " << p;
    }
}

TEST(TwoSidedChance, CertaintiesAllowNothingElse) {
  EXPECT_EQ(two_sided_chance(0, 0, 0.3), 1) << "without trials nothing is odd";
  EXPECT_EQ(two_sided_chance(10, 10, 1), 1);
  EXPECT_EQ(two_sided_chance(9, 10, 1), 0);
  EXPECT_EQ(two_sided_chance(0, 10, 0), 1);
  EXPECT_EQ(two_sided_chance(1, 10, 0), 0);
}

TEST(TwoSidedChance, BearsAsManyTrialsAsARunHasMessages) {
  constexpr std::uint64_t kMany = 10'000'000'000;
  EXPECT_NEAR(two_sided_chance(kMany / 2, kMany, 0.5), 1, 1e-4);
  // 10 standard deviations of 50,000: twice the normal distribution's tail of 7.62e-24.
  EXPECT_NEAR(two_sided_chance(kMany / 2 + 500'000, kMany, 0.5) / 1.524e-23, 1, 0.01);
}

// References by sums in 113 bits.
TEST(TwoSidedChance, OfABillionTrialsIsExactToAMillionth) {
  constexpr std::uint64_t kMany = 1'000'000'000;
  constexpr double kOnce = 1e-9;
  const double rare = kOnce + 5 * std::sqrt(kOnce * (1 - kOnce) / kMany);
  EXPECT_NEAR(binomial_at_most(1, kMany, rare) / 0.0173512650508, 1, 1e-6);
  const double half = 0.5 - 10 * std::sqrt(1 / (4.0 * kMany));
  EXPECT_NEAR(binomial_at_least(kMany / 2, kMany, half) / 7.62226721978e-24, 1, 1e-6);
}

TEST(ClopperPearson, WithoutTrialsAnythingIsPossible) {
  EXPECT_EQ(lower_limit(0, 0, 0.95), 0);
  EXPECT_EQ(upper_limit(0, 0, 0.95), 1);
}

TEST(ClopperPearson, TwoSidedGivesHalfTheErrorToEachSide) {
  const Interval interval = two_sided(19, 20, 0.95);
  EXPECT_NEAR(interval.low, 0.7512672, 1e-7);
  EXPECT_NEAR(interval.high, 0.9987349, 1e-7);
  EXPECT_EQ(interval.low, lower_limit(19, 20, 0.975));
  EXPECT_EQ(interval.high, upper_limit(19, 20, 0.975));
}

RC_GTEST_PROP(ClopperPearson, MoreSuccessesRaiseBothLimits, ()) {
  const auto n = *rc::gen::inRange<std::uint64_t>(1, 5000);
  const auto k = *rc::gen::inRange<std::uint64_t>(0, n);
  const double confidence = *rc::gen::inRange(1, 1000) / 1000.0;
  RC_ASSERT(lower_limit(k, n, confidence) < lower_limit(k + 1, n, confidence));
  RC_ASSERT(upper_limit(k, n, confidence) < upper_limit(k + 1, n, confidence));
}

RC_GTEST_PROP(ClopperPearson, MoreConfidenceWidens, ()) {
  const auto n = *rc::gen::inRange<std::uint64_t>(2, 5000);
  const auto k = *rc::gen::inRange<std::uint64_t>(1, n);
  const double confidence = *rc::gen::inRange(500, 999) / 1000.0;
  RC_ASSERT(lower_limit(k, n, confidence + 0.0005) < lower_limit(k, n, confidence));
  RC_ASSERT(upper_limit(k, n, confidence + 0.0005) > upper_limit(k, n, confidence));
}

RC_GTEST_PROP(ClopperPearson, FailuresMirrorSuccesses, ()) {
  const auto n = *rc::gen::inRange<std::uint64_t>(1, 5000);
  const auto k = *rc::gen::inRange<std::uint64_t>(0, n + 1);
  RC_ASSERT(std::abs(lower_limit(k, n, 0.95) - (1 - upper_limit(n - k, n, 0.95))) < 1e-12);
}

TEST(SuccessesToReach, NinetyNinePercentCostsAbout300CleanVersions) {
  EXPECT_EQ(successes_to_reach(0, 0, 0.99, 0.95), 299U);
  EXPECT_EQ(successes_to_reach(100, 100, 0.99, 0.95), 199U);
  EXPECT_EQ(successes_to_reach(299, 299, 0.99, 0.95), 0U);
}

RC_GTEST_PROP(SuccessesToReach, IsTheLeastThatDoes, ()) {
  const auto n = *rc::gen::inRange<std::uint64_t>(0, 500);
  const auto k = *rc::gen::inRange<std::uint64_t>(0, n + 1);
  const double bound = *rc::gen::inRange(1, 999) / 1000.0;
  const std::uint64_t more = successes_to_reach(k, n, bound, 0.95);
  RC_ASSERT(lower_limit(k + more, n + more, 0.95) >= bound);
  RC_ASSERT(more == 0 || lower_limit(k + more - 1, n + more - 1, 0.95) < bound);
}

}  // namespace
}  // namespace hearsay::verdict
