#include "tests/support/exact_binomial.hpp"

#include <algorithm>
#include <cmath>

namespace hearsay::testing {
namespace {

constexpr long double kSame = 1e-7L;
constexpr long double kNegligible = 1e-20L;

/// n trials of probability p, neither 0 nor 1.
struct Binomial {
  std::uint64_t n;
  long double p;

  std::uint64_t mode() const {
    return std::min(n, static_cast<std::uint64_t>((static_cast<long double>(n) + 1) * p));
  }

  /// The same trials, counting what was a failure.
  Binomial mirrored() const { return {n, 1 - p}; }

  long double log_probability(std::uint64_t outcome) const {
    const auto hits = static_cast<long double>(outcome);
    const auto misses = static_cast<long double>(n - outcome);
    return std::lgamma(hits + misses + 1) - std::lgamma(hits + 1) - std::lgamma(misses + 1) +
           hits * std::log(p) + misses * std::log1p(-p);
  }

  /// The probability of 0..outcome; outcome at most the mode, so that the terms fall from the first one on.
  long double lower_tail(std::uint64_t outcome) const {
    long double term = std::exp(log_probability(outcome));
    long double sum = term;
    for (std::uint64_t x = outcome; x > 0 && term > sum * kNegligible; --x) {
      term *= static_cast<long double>(x) / static_cast<long double>(n - x + 1) * (1 - p) / p;
      sum += term;
    }
    return sum;
  }

  /// The first outcome from the mode on that is no likelier than `limit`; n + 1 if none is.
  std::uint64_t first_as_unlikely(long double limit) const {
    std::uint64_t low = mode();
    std::uint64_t high = n + 1;
    while (low < high) {
      const std::uint64_t middle = low + (high - low) / 2;
      if (log_probability(middle) <= limit)
        high = middle;
      else
        low = middle + 1;
    }
    return low;
  }
};

}  // namespace

double two_sided_p_value(std::uint64_t k, std::uint64_t n, double p) {
  if (p <= 0 || p >= 1) return k == (p <= 0 ? 0 : n) ? 1 : 0;

  Binomial law{n, p};
  if (k == law.mode()) return 1;
  if (k > law.mode()) {
    law = law.mirrored();
    k = n - k;
  }
  const std::uint64_t other = law.first_as_unlikely(law.log_probability(k) + kSame);
  const long double upper = other > n ? 0 : law.mirrored().lower_tail(n - other);
  return static_cast<double>(std::min(1.0L, law.lower_tail(k) + upper));
}

}  // namespace hearsay::testing
