#pragma once

// Exact chances of the binomial distribution by plain sums, as a reference that knows no beta function.

#include <cmath>
#include <cstdint>
#include <vector>

namespace hearsay::verdict {

/// P(k successes of n) for k = 0..n, each trial a success with chance p, by adding one trial after another.
inline std::vector<long double> binomial(std::uint64_t n, long double p) {
  std::vector<long double> chance(n + 1, 0);
  chance[0] = 1;
  for (std::uint64_t trials = 1; trials <= n; ++trials) {
    for (std::uint64_t k = trials; k > 0; --k) chance[k] = chance[k] * (1 - p) + chance[k - 1] * p;
    chance[0] *= 1 - p;
  }
  return chance;
}

/// P(at least k successes of n).
inline long double at_least(std::uint64_t k, std::uint64_t n, long double p) {
  const std::vector<long double> chance = binomial(n, p);
  long double sum = 0;
  for (std::uint64_t i = n + 1; i-- > k;) sum += chance[i];
  return sum;
}

/// P(at most k successes of n).
inline long double at_most(std::uint64_t k, std::uint64_t n, long double p) {
  return at_least(n - k, n, 1 - p);
}

}  // namespace hearsay::verdict
