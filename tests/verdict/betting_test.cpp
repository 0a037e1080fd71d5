#include "verdict/betting.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <vector>

#include "tests/verdict/looking.hpp"

namespace hearsay::verdict {
namespace {

BettedMean mean_of(const std::vector<double>& values) {
  BettedMean mean;
  for (const double value : values) mean.add(value);
  return mean;
}

BettedMean of_successes(std::uint64_t k, std::uint64_t n) {
  BettedMean mean;
  mean.add(1, k);
  mean.add(0, n - k);
  return mean;
}

rc::Gen<std::vector<double>> some_values() {
  const auto share = rc::gen::map(rc::gen::inRange(0, 21), [](int twentieths) { return twentieths / 20.0; });
  return rc::gen::nonEmpty(rc::gen::container<std::vector<double>>(share));
}

TEST(BettedMean, WithoutValuesAnythingIsPossible) {
  EXPECT_EQ(BettedMean().low(0.95), 0);
  EXPECT_EQ(BettedMean().high(0.95), 1);
  EXPECT_NEAR(BettedMean().evidence_above(0.3), 0, 1e-12);
}

// The expectation of 1 + f (x / m - 1) for x of expectation m is 1, so that of the capital is: for a coin of
// chance m, the capital after one throw averages to 1.
TEST(BettedMean, ABetIsFair) {
  for (const double m : {0.1, 0.5, 0.99}) {
    const double capital =
        m * std::exp(mean_of({1}).evidence_above(m)) + (1 - m) * std::exp(mean_of({0}).evidence_above(m));
    EXPECT_NEAR(capital, 1, 1e-12);
  }
}

TEST(BettedMean, CleanValuesCostLittleMoreThanTheExactLimitsOfAChance) {
  EXPECT_GE(mean_of({}).ones_to_show_above(0.99, 0.95), 299U);
  EXPECT_LE(mean_of({}).ones_to_show_above(0.99, 0.95), 299U + 69);  // ln 2 / ln(1 / 0.99)
}

// As throws of a coin, 40 values of mean 0.95 would show no more than 83.7 %.
TEST(BettedMean, ValuesThatHardlyVarySayMore) {
  BettedMean mean;
  mean.add(0.94, 20);
  mean.add(0.96, 20);
  EXPECT_GT(mean.low(0.95), 0.87);
  EXPECT_LT(mean.high(0.95), 1);
}

TEST(BettedMean, BothSidesMirrorEachOther) {
  EXPECT_NEAR(mean_of({0, 0.25, 1}).low(0.9), 1 - mean_of({1, 0.75, 0}).high(0.9), 1e-12);
  EXPECT_NEAR(mean_of({0, 0.25, 1}).evidence_below(0.7), mean_of({1, 0.75, 0}).evidence_above(0.3), 1e-12);
  EXPECT_EQ(mean_of({0.25, 0}).zeros_to_show_below(0.25, 0.9),
            mean_of({0.75, 1}).ones_to_show_above(0.75, 0.9));
}

TEST(BettedMean, TwoSidedGivesHalfTheErrorToEachSide) {
  const Interval interval = of_successes(19, 20).two_sided(0.9);
  EXPECT_EQ(interval.low, of_successes(19, 20).low(0.95));
  EXPECT_EQ(interval.high, of_successes(19, 20).high(0.95));
}

RC_GTEST_PROP(BettedMean, LimitsEncloseTheMeanAndWidenWithConfidence, ()) {
  const BettedMean mean = mean_of(*some_values());
  RC_ASSERT(mean.low(0.99) <= mean.low(0.9));
  RC_ASSERT(mean.low(0.9) <= mean.mean());
  RC_ASSERT(mean.mean() <= mean.high(0.9) + 1e-12);
  RC_ASSERT(mean.high(0.9) <= mean.high(0.99));
}

RC_GTEST_PROP(BettedMean, AGreaterValueRaisesBothLimits, ()) {
  std::vector<double> values = *some_values();
  const BettedMean before = mean_of(values);
  values.front() = 1;
  RC_ASSERT(mean_of(values).low(0.95) >= before.low(0.95) - 1e-12);
  RC_ASSERT(mean_of(values).high(0.95) >= before.high(0.95) - 1e-12);
}

RC_GTEST_PROP(BettedMean, TheLimitIsWhereTheCapitalIsEnough, ()) {
  const BettedMean mean = mean_of(*some_values());
  const double low = mean.low(0.95);
  RC_PRE(low > 0);
  RC_ASSERT(std::abs(mean.evidence_above(low) - std::log(20)) < 1e-6);
}

RC_GTEST_PROP(BettedMean, SoManyOnesAreTheLeastThatDo, ()) {
  const std::vector<double> values = *some_values();
  const double bound = *rc::gen::inRange(1, 100) / 100.0;
  const std::uint64_t more = mean_of(values).ones_to_show_above(bound, 0.95);
  const auto reaches = [&](std::uint64_t ones) {
    BettedMean mean = mean_of(values);
    mean.add(1, ones);
    return mean.evidence_above(bound) >= std::log(20);
  };
  RC_ASSERT(reaches(more));
  RC_ASSERT(more == 0 || !reaches(more - 1));
}

// Of throws of a coin that is exactly at the bound, looked at after every one.
TEST(BettedMean, LookingAtEveryValueErrsNoMoreThanStated) {
  for (const double chance : {0.5, 0.9, 0.99}) {
    const auto errs = [=](std::uint64_t k, std::uint64_t n) {
      return of_successes(k, n).evidence_above(chance) >= std::log(20);
    };
    EXPECT_LE(ever(chance, 1000, errs), 0.05) << chance;
  }
}

// Of values of 0, 1/2 and 1 with the probabilities 0.05, 0.1 and 0.85, all sums over multinomial chances.
TEST(BettedMean, ValuesBetweenErrNoMoreThanStated) {
  constexpr std::uint64_t kValues = 60;
  const std::vector<long double> zeros = binomial(kValues, 0.05L);
  long double wrong_low = 0;
  long double wrong_high = 0;
  for (std::uint64_t zero = 0; zero <= kValues; ++zero) {
    const std::vector<long double> halves = binomial(kValues - zero, 0.1L / 0.95L);
    for (std::uint64_t half = 0; half <= kValues - zero; ++half) {
      BettedMean mean;
      mean.add(0, zero);
      mean.add(0.5, half);
      mean.add(1, kValues - zero - half);
      if (mean.evidence_above(0.9) >= std::log(20)) wrong_low += zeros[zero] * halves[half];
      if (mean.evidence_below(0.9) >= std::log(20)) wrong_high += zeros[zero] * halves[half];
    }
  }
  EXPECT_LE(static_cast<double>(wrong_low), 0.05);
  EXPECT_LE(static_cast<double>(wrong_high), 0.05);
}

}  // namespace
}  // namespace hearsay::verdict
