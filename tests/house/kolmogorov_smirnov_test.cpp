#include "tests/support/kolmogorov_smirnov.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/uniformity.hpp"

namespace hearsay::testing {
namespace {

double uniform(double x) { return x; }

/// The quantiles of `draws` probabilities spread evenly over 0..1, in an order of their own.
std::vector<double> evenly(int draws, double (*quantile)(double)) {
  std::vector<double> sample;
  for (int i = 0; i < draws; ++i) sample.push_back(quantile((i * 7 % draws + 0.5) / draws));
  return sample;
}

// The one draw is 0.3 from one end of the step, 0.7 from the other.
TEST(KolmogorovSmirnov, OfOneDraw) {
  EXPECT_DOUBLE_EQ(kolmogorov_smirnov_p_value({0.3}, uniform), 2 * std::exp(-2 * 0.49));
  EXPECT_DOUBLE_EQ(kolmogorov_smirnov_p_value({0.7}, uniform), 2 * std::exp(-2 * 0.49));
}

TEST(KolmogorovSmirnov, TheFarthestCounts) {
  EXPECT_DOUBLE_EQ(kolmogorov_smirnov_p_value({0.9, 0.1, 0.8, 0.7}, uniform), 2 * std::exp(-8 * 0.2025));
}

TEST(KolmogorovSmirnov, WhatFollowsTheLawIsNoSurprise) {
  EXPECT_EQ(kolmogorov_smirnov_p_value(evenly(1000, uniform), uniform), 1);
}

// Off by 0.11, where 0.104 is enough for a thousand draws.
TEST(KolmogorovSmirnov, FindsWhatIsShiftedOrStretched) {
  const auto shifted = [](double x) { return std::min(1.0, x + 0.11); };
  const auto stretched = [](double x) { return 0.5 + (x - 0.5) * 1.3; };
  EXPECT_LT(kolmogorov_smirnov_p_value(evenly(1000, shifted), uniform), kFalseAlarm);
  EXPECT_LT(kolmogorov_smirnov_p_value(evenly(1000, stretched),
                                       [](double x) { return std::min(1.0, std::max(0.0, x)); }),
            kFalseAlarm);
}

}  // namespace
}  // namespace hearsay::testing
