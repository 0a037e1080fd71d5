#include "tests/support/fisher.hpp"

#include <algorithm>
#include <cmath>

namespace hearsay::testing {
namespace {

constexpr long double kTie = 1e-7L;

long double log_choose(std::uint64_t n, std::uint64_t k) {
  const auto log_factorial = [](std::uint64_t m) { return std::lgamma(static_cast<long double>(m) + 1); };
  return log_factorial(n) - log_factorial(k) - log_factorial(n - k);
}

}  // namespace

double fisher_p_value(std::uint64_t k1, std::uint64_t n1, std::uint64_t k2, std::uint64_t n2) {
  const std::uint64_t successes = k1 + k2;
  const auto log_ways = [&](std::uint64_t x) { return log_choose(n1, x) + log_choose(n2, successes - x); };
  const long double whole = log_choose(n1 + n2, successes);
  const long double limit = log_ways(k1) + kTie;
  long double sum = 0;
  for (std::uint64_t x = successes - std::min(successes, n2); x <= std::min(successes, n1); ++x)
    if (log_ways(x) <= limit) sum += std::exp(log_ways(x) - whole);
  return static_cast<double>(std::min(1.0L, sum));
}

}  // namespace hearsay::testing
