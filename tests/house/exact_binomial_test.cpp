#include "tests/support/exact_binomial.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <vector>

namespace hearsay::testing {
namespace {

/// All n + 1 probabilities, each from the one before by Pascal's rule: slow, plain, and free of logarithms.
std::vector<double> binomial_law(unsigned n, double p) {
  std::vector<double> law{1};
  for (unsigned trial = 0; trial < n; ++trial) {
    law.push_back(0);
    for (unsigned k = trial + 1; k > 0; --k) law[k] = law[k] * (1 - p) + law[k - 1] * p;
    law[0] *= 1 - p;
  }
  return law;
}

double plain_p_value(const std::vector<double>& law, unsigned k) {
  double sum = 0;
  for (const double probability : law)
    if (probability <= law[k] * (1 + 1e-7)) sum += probability;
  return sum;
}

TEST(ExactBinomial, FairCoin) {
  EXPECT_DOUBLE_EQ(two_sided_p_value(0, 10, 0.5), 2.0 / 1024);
  EXPECT_DOUBLE_EQ(two_sided_p_value(10, 10, 0.5), 2.0 / 1024);
  EXPECT_DOUBLE_EQ(two_sided_p_value(3, 10, 0.5), 352.0 / 1024);
  EXPECT_DOUBLE_EQ(two_sided_p_value(5, 10, 0.5), 1);
  EXPECT_DOUBLE_EQ(two_sided_p_value(4, 9, 0.5), 1);
  EXPECT_DOUBLE_EQ(two_sided_p_value(5, 9, 0.5), 1);
}

TEST(ExactBinomial, LopsidedCoin) {
  EXPECT_DOUBLE_EQ(two_sided_p_value(0, 3, 0.2), 1);
  EXPECT_DOUBLE_EQ(two_sided_p_value(1, 3, 0.2), 0.488);
  EXPECT_DOUBLE_EQ(two_sided_p_value(2, 3, 0.2), 0.104);
  EXPECT_DOUBLE_EQ(two_sided_p_value(3, 3, 0.2), 0.008);
}

// Mendel's peas, the example of R's manual: binom.test(682, 925, p = 3/4).
TEST(ExactBinomial, AgreesWithR) { EXPECT_NEAR(two_sided_p_value(682, 925, 0.75), 0.3825, 5e-5); }

TEST(ExactBinomial, CertainOutcomes) {
  EXPECT_EQ(two_sided_p_value(0, 7, 0), 1);
  EXPECT_EQ(two_sided_p_value(1, 7, 0), 0);
  EXPECT_EQ(two_sided_p_value(7, 7, 1), 1);
  EXPECT_EQ(two_sided_p_value(6, 7, 1), 0);
  EXPECT_EQ(two_sided_p_value(0, 0, 0.3), 1);
}

TEST(ExactBinomial, AgreesWithPlainSums) {
  for (const double p : {0.003, 0.1, 0.25, 0.5, 0.7, 0.98})
    for (const unsigned n : {1U, 2U, 7U, 30U, 120U}) {
      const std::vector<double> law = binomial_law(n, p);
      for (unsigned k = 0; k <= n; ++k)
        EXPECT_NEAR(two_sided_p_value(k, n, p) / plain_p_value(law, k), 1, 1e-6)
            << k << " of " << n << " at " << p;
    }
}

TEST(ExactBinomial, RightProgramsFailAtMostAsOftenAsStated) {
  const std::vector<double> law = binomial_law(200, 0.3);
  for (const double alpha : {0.05, 0.01, 1e-6}) {
    double alarms = 0;
    for (unsigned k = 0; k <= 200; ++k)
      if (two_sided_p_value(k, 200, 0.3) <= alpha) alarms += law[k];
    EXPECT_LE(alarms, alpha);
    EXPECT_GT(alarms, alpha / 4);
  }
}

// Reference: all probabilities within 48 standard deviations of the mode, by exact ratios in 40 decimal
// digits.
TEST(ExactBinomial, TenMillionTrials) {
  const std::map<std::uint64_t, double> reference = {
      {3'001'000, 4.901529707069e-01}, {2'999'000, 4.903699567328e-01}, {3'005'000, 5.613385253858e-04},
      {2'995'000, 5.591904971137e-04}, {3'007'246, 5.757438323968e-07}, {2'992'754, 5.706144959937e-07},
      {3'010'000, 5.252191438725e-12}, {2'990'000, 5.113703715454e-12},
  };
  for (const auto& [k, expected] : reference)
    EXPECT_NEAR(two_sided_p_value(k, 10'000'000, 0.3) / expected, 1, 1e-6) << k;
  EXPECT_EQ(two_sided_p_value(3'000'000, 10'000'000, 0.3), 1);
  EXPECT_EQ(two_sided_p_value(0, 10'000'000, 0.3), 0);
}

}  // namespace
}  // namespace hearsay::testing
