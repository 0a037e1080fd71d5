#include "verdict/intervals.hpp"

#include <algorithm>
#include <cmath>

#include "verdict/beta.hpp"
#include "verdict/search.hpp"

namespace hearsay::verdict {
namespace {

double real(std::uint64_t count) { return static_cast<double>(count); }

double each_side(double confidence) { return (1 + confidence) / 2; }

}  // namespace

double lower_limit(std::uint64_t k, std::uint64_t n, double confidence) {
  if (k == 0) return 0;
  if (k == n) return std::pow(1 - confidence, 1 / real(n));
  return beta_quantile(real(k), real(n - k + 1), 1 - confidence);
}

double upper_limit(std::uint64_t k, std::uint64_t n, double confidence) {
  if (k == n) return 1;
  if (k == 0) return -std::expm1(std::log(1 - confidence) / real(n));
  return beta_quantile_from_above(real(k + 1), real(n - k), 1 - confidence);
}

Interval two_sided(std::uint64_t k, std::uint64_t n, double confidence) {
  return {lower_limit(k, n, each_side(confidence)), upper_limit(k, n, each_side(confidence))};
}

double two_sided_chance(std::uint64_t k, std::uint64_t n, double chance) {
  return std::min(1.0, 2 * std::min(binomial_at_most(k, n, chance), binomial_at_least(k, n, chance)));
}

std::uint64_t successes_to_reach(std::uint64_t k, std::uint64_t n, double bound, double confidence) {
  return least_count(
      [=](std::uint64_t more) { return lower_limit(k + more, n + more, confidence) >= bound; });
}

}  // namespace hearsay::verdict
