#include "verdict/sequence.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "tests/verdict/looking.hpp"

namespace hearsay::verdict {
namespace {

/// The averaged likelihood over that at p, by the midpoint rule. With 1 - t = (1 - p) v^2 the beta(1, 1/2)
/// law of t is that of a uniform v.
long double ratio(std::uint64_t k, std::uint64_t n, long double p) {
  constexpr int kSteps = 50'000;
  long double sum = 0;
  for (int step = 0; step < kSteps; ++step) {
    const long double v = (step + 0.5L) / kSteps;
    const long double t = 1 - (1 - p) * v * v;
    sum += std::exp(static_cast<long double>(k) * std::log(t / p) +
                    static_cast<long double>(n - k) * std::log((1 - t) / (1 - p)));
  }
  return sum / kSteps;
}

TEST(Sequence, TheLimitIsWhereTheAveragedLikelihoodIsEnough) {
  for (const auto& [k, n] : {std::pair(1U, 1U), {19U, 20U}, {50U, 100U}, {300U, 300U}, {990U, 1000U}}) {
    const double low = sequence_lower_limit(k, n, 0.95);
    EXPECT_NEAR(static_cast<double>(ratio(k, n, low)) / 20, 1, 1e-5) << k << " of " << n;
  }
}

TEST(Sequence, WithoutTrialsAnythingIsPossible) {
  EXPECT_EQ(sequence_lower_limit(0, 0, 0.95), 0);
  EXPECT_EQ(sequence_upper_limit(0, 0, 0.95), 1);
}

TEST(Sequence, LookingCostsSomeCleanVersions) {
  EXPECT_GT(sequence_successes_to_reach(0, 0, 0.99, 0.95), 299U);
  EXPECT_LT(sequence_successes_to_reach(0, 0, 0.99, 0.95), 400U);
}

TEST(Sequence, TwoSidedGivesHalfTheErrorToEachSide) {
  const Interval interval = sequence_two_sided(19, 20, 0.9);
  EXPECT_EQ(interval.low, sequence_lower_limit(19, 20, 0.95));
  EXPECT_EQ(interval.high, sequence_upper_limit(19, 20, 0.95));
}

TEST(Sequence, LargeCountsAreNoTrouble) {
  const Interval interval = sequence_two_sided(9'900'000, 10'000'000, 0.9999);
  EXPECT_LT(interval.low, 0.99);
  EXPECT_GT(interval.low, 0.9898);
  EXPECT_GT(interval.high, 0.99);
  EXPECT_LT(interval.high, 0.9902);
}

RC_GTEST_PROP(Sequence, IsNeverNarrowerThanTheExactLimits, ()) {
  const auto n = *rc::gen::inRange<std::uint64_t>(1, 2000);
  const auto k = *rc::gen::inRange<std::uint64_t>(0, n + 1);
  RC_ASSERT(sequence_lower_limit(k, n, 0.95) <= lower_limit(k, n, 0.95));
  RC_ASSERT(sequence_upper_limit(k, n, 0.95) >= upper_limit(k, n, 0.95));
}

RC_GTEST_PROP(Sequence, MoreSuccessesRaiseBothLimits, ()) {
  const auto n = *rc::gen::inRange<std::uint64_t>(1, 2000);
  const auto k = *rc::gen::inRange<std::uint64_t>(0, n);
  RC_ASSERT(sequence_lower_limit(k, n, 0.95) < sequence_lower_limit(k + 1, n, 0.95));
  RC_ASSERT(sequence_upper_limit(k, n, 0.95) < sequence_upper_limit(k + 1, n, 0.95));
}

RC_GTEST_PROP(Sequence, IsTheLeastThatDoes, ()) {
  const auto n = *rc::gen::inRange<std::uint64_t>(0, 500);
  const auto k = *rc::gen::inRange<std::uint64_t>(0, n + 1);
  const double bound = *rc::gen::inRange(1, 999) / 1000.0;
  const std::uint64_t more = sequence_successes_to_reach(k, n, bound, 0.95);
  RC_ASSERT(sequence_lower_limit(k + more, n + more, 0.95) >= bound - 1e-12);
  RC_ASSERT(more == 0 || sequence_lower_limit(k + more - 1, n + more - 1, 0.95) < bound);
}

TEST(Sequence, LookingAtEveryTrialErrsNoMoreThanStated) {
  for (const double chance : {0.5, 0.9, 0.99}) {
    const auto passes = [=](std::uint64_t k, std::uint64_t n) {
      return sequence_lower_limit(k, n, 0.95) > chance;
    };
    const auto fails = [=](std::uint64_t failures, std::uint64_t n) {
      return sequence_upper_limit(n - failures, n, 0.95) < chance;
    };
    EXPECT_LE(ever(chance, 400, passes), 0.05) << chance;
    EXPECT_LE(ever(1 - chance, 400, fails), 0.05) << chance;
  }
}

// What the sequence is there for: exact limits of a fixed number, looked at like this, err far too often.
TEST(Sequence, LookingAtExactLimitsErrsTooOften) {
  const auto passes = [](std::uint64_t k, std::uint64_t n) { return lower_limit(k, n, 0.95) > 0.9; };
  EXPECT_GT(ever(0.9, 1000, passes), 0.15);
}

}  // namespace
}  // namespace hearsay::verdict
