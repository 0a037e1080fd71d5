#include "base/portable_math.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <map>

namespace hearsay {
namespace {

TEST(PortableMath, LogarithmsAreRight) {
  for (double x = 1e-12; x < 1e20; x *= 1.0007)
    EXPECT_NEAR(portable_ln(x), std::log(x), 1e-14 * std::abs(std::log(x))) << x;
  EXPECT_EQ(portable_ln(1), 0);
  EXPECT_NEAR(portable_ln(1 - 0x1p-33) / std::log1p(-0x1p-33), 1, 1e-14);
}

TEST(PortableMath, ExponentialsAreRight) {
  for (double x = -700; x <= 700; x += 0.0371) EXPECT_NEAR(portable_exp(x) / std::exp(x), 1, 1e-14) << x;
  EXPECT_EQ(portable_exp(0), 1);
}

// Reference: the zero of (1 + erf(z / sqrt 2)) / 2 = tail, found with 40 decimal digits.
TEST(PortableMath, NormalDeviatesAreRight) {
  const std::map<double, double> reference = {
      {0x1p-33, -6.3379577545537892525}, {0x1p-20, -4.7630010342678139570},
      {0.0001, -3.7190164854556805523},  {0.001, -3.0902323061678135354},
      {0.01, -2.3263478740408410931},    {0.05, -1.6448536269514726880},
      {0.0749, -1.4402382675279636631},  {0.0751, -1.4388253927525399824},
      {0.1, -1.2815515655446004353},     {0.25, -0.67448975019608174320},
      {0.4, -0.25334710313579974132},    {0.499, -0.0025066308995717662317},
  };
  for (const auto& [tail, deviate] : reference)
    EXPECT_NEAR(portable_normal_deviate(tail) / deviate, 1, 1e-14) << tail;
  EXPECT_EQ(portable_normal_deviate(0.5), 0);
}

TEST(PortableMath, NormalDeviatesAreTheInverseOfTheDistribution) {
  for (double tail = 0x1p-33; tail < 0.5; tail *= 1.01)
    EXPECT_NEAR(std::erfc(-portable_normal_deviate(tail) / std::sqrt(2.0)) / 2 / tail, 1, 1e-13) << tail;
}

std::uint64_t folded(double (*function)(double), double from, double to, double step) {
  std::uint64_t sum = 0;
  for (double x = from; x < to; x += step)
    sum = sum * 0x9E3779B97F4A7C15 + std::bit_cast<std::uint64_t>(function(x));
  return sum;
}

// To the last bit, with every compiler, optimisation and processor.
TEST(PortableMath, IsTheSameEverywhere) {
  EXPECT_EQ(folded(portable_ln, 0x1p-20, 8, 0x1p-10), 9413904588206596550U);
  EXPECT_EQ(folded(portable_exp, -30, 30, 0x1p-7), 16227372859083604194U);
  EXPECT_EQ(folded(portable_normal_deviate, 0x1p-14, 0.5, 0x1p-14), 14045117891634853621U);
}

}  // namespace
}  // namespace hearsay
