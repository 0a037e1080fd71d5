#include "verdict/paired.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/verdict/binomial.hpp"

namespace hearsay::verdict {
namespace {

TEST(McNemar, IsABinomialTailOfThoseThatEndedUnlike) {
  EXPECT_NEAR(loss_p_value({.count = 500, .gained = 2, .lost = 8}), 56.0 / 1024, 1e-15);
  EXPECT_NEAR(gain_p_value({.count = 500, .gained = 2, .lost = 8}), 1013.0 / 1024, 1e-15);
  EXPECT_NEAR(gain_p_value({.count = 500, .gained = 10, .lost = 0}), 1.0 / 1024, 1e-15);
}

TEST(McNemar, WithoutADifferenceThereIsNoEvidence) {
  EXPECT_EQ(loss_p_value({.count = 500}), 1);
  EXPECT_EQ(gain_p_value({}), 1);
}

TEST(Difference, WithoutTrialsAnythingIsPossible) {
  EXPECT_EQ(difference({}, 0.95).low, -1);
  EXPECT_EQ(difference({}, 0.95).high, 1);
}

TEST(Difference, ManyPairsThatEndedAlikeBoundIt) {
  const Interval interval = difference({.count = 1000}, 0.95);
  EXPECT_GT(interval.low, -0.01);
  EXPECT_LT(interval.high, 0.01);
}

RC_GTEST_PROP(Difference, EnclosesWhatWasSeenAndMirrors, ()) {
  const auto count = *rc::gen::inRange<std::uint64_t>(1, 2000);
  const auto gained = *rc::gen::inRange<std::uint64_t>(0, count + 1);
  const auto lost = *rc::gen::inRange<std::uint64_t>(0, count - gained + 1);
  const Interval interval = difference({count, gained, lost}, 0.95);
  const Interval mirror = difference({count, lost, gained}, 0.95);
  const double seen = (static_cast<double>(gained) - static_cast<double>(lost)) / static_cast<double>(count);
  RC_ASSERT(interval.low <= seen && seen <= interval.high);
  RC_ASSERT(std::abs(interval.low + mirror.high) < 1e-9);
}

/// The probability that the interval misses the true difference, summed over all that may be seen.
double misses(std::uint64_t count, double gain, double loss, double confidence) {
  long double missed = 0;
  const std::vector<long double> gains = binomial(count, gain);
  for (std::uint64_t gained = 0; gained <= count; ++gained) {
    const std::vector<long double> losses = binomial(count - gained, loss / (1 - gain));
    for (std::uint64_t lost = 0; lost <= count - gained; ++lost) {
      const Interval interval = difference({count, gained, lost}, confidence);
      if (gain - loss < interval.low || gain - loss > interval.high) missed += gains[gained] * losses[lost];
    }
  }
  return static_cast<double>(missed);
}

TEST(Difference, MissesTheTrueOneNoMoreOftenThanStated) {
  for (const std::uint64_t count : {1U, 5U, 20U, 40U}) {
    for (const auto& [gain, loss] : {std::pair(0.0, 0.1), {0.05, 0.05}, {0.02, 0.3}, {0.4, 0.4}}) {
      EXPECT_LE(misses(count, gain, loss, 0.9), 0.1) << count << ' ' << gain << ' ' << loss;
    }
  }
}

}  // namespace
}  // namespace hearsay::verdict
