#include "base/portable_math.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace hearsay {
namespace {

// ln 2 in two parts: a multiple of the first by a small integer is exact.
constexpr double kLn2High = 0x1.62e42feep-1;
constexpr double kLn2Low = 0x1.a39ef35793c76p-33;
constexpr double kSqrt2 = 0x1.6a09e667f3bcdp0;

/// The polynomial of these coefficients, that of x^0 first.
template <std::size_t Terms>
constexpr double polynomial(const std::array<double, Terms>& coefficients, double x) {
  double sum = coefficients[Terms - 1];
  for (std::size_t term = Terms - 1; term > 0; --term) sum = sum * x + coefficients[term - 1];
  return sum;
}

/// 1, 1/3, 1/5, ...: artanh(s) = s + s^3/3 + s^5/5 + ...
constexpr std::array<double, 12> kArtanh = [] {
  std::array<double, 12> coefficients{};
  for (std::size_t term = 0; term < coefficients.size(); ++term)
    coefficients[term] = 1 / static_cast<double>(2 * term + 1);
  return coefficients;
}();

/// 1, 1, 1/2!, 1/3!, ...
constexpr std::array<double, 15> kExp = [] {
  std::array<double, 15> coefficients{1};
  for (std::size_t term = 1; term < coefficients.size(); ++term)
    coefficients[term] = coefficients[term - 1] / static_cast<double>(term);
  return coefficients;
}();

double power_of_two(int exponent) {
  return std::bit_cast<double>(static_cast<std::uint64_t>(exponent + 1023) << 52);
}

// Of Wichura's routine: near the middle, and in the tail as far as it is asked for.
constexpr std::array<double, 8> kA = {
    3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
    4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3};
constexpr std::array<double, 8> kB = {1,
                                      4.2313330701600911252e1,
                                      6.8718700749205790830e2,
                                      5.3941960214247511077e3,
                                      2.1213794301586595867e4,
                                      3.9307895800092710610e4,
                                      2.8729085735721942674e4,
                                      5.2264952788528545610e3};
constexpr std::array<double, 8> kC = {1.42343711074968357734e0,  4.63033784615654529590e0,
                                      5.76949722146069140550e0,  3.64784832476320460504e0,
                                      1.27045825245236838258e0,  2.41780725177450611770e-1,
                                      2.27238449892691845833e-2, 7.74545014278341407640e-4};
constexpr std::array<double, 8> kD = {1,
                                      2.05319162663775882187e0,
                                      1.67638483018380384940e0,
                                      6.89767334985100004550e-1,
                                      1.48103976427480074590e-1,
                                      1.51986665636164571966e-2,
                                      5.47593808499534494600e-4,
                                      1.05075007164441684324e-9};

}  // namespace

// x = m 2^k with m near 1, and ln m = 2 artanh((m - 1) / (m + 1)).
double portable_ln(double x) {
  int exponent = 0;
  while (x > kSqrt2) {
    x /= 2;
    ++exponent;
  }
  while (x * kSqrt2 < 1) {
    x *= 2;
    --exponent;
  }
  const double s = (x - 1) / (x + 1);
  return exponent * kLn2High + (exponent * kLn2Low + 2 * s * polynomial(kArtanh, s * s));
}

// x = k ln 2 + rest.
double portable_exp(double x) {
  const int exponent = static_cast<int>(x / kLn2High + (x < 0 ? -0.5 : 0.5));
  const double rest = (x - exponent * kLn2High) - exponent * kLn2Low;
  return polynomial(kExp, rest) * power_of_two(exponent);
}

double portable_normal_deviate(double tail) {
  const double q = tail - 0.5;
  if (q >= -0.425) {
    const double r = 0.180625 - q * q;
    return q * polynomial(kA, r) / polynomial(kB, r);
  }
  const double r = std::sqrt(-portable_ln(tail)) - 1.6;
  return -polynomial(kC, r) / polynomial(kD, r);
}

}  // namespace hearsay
