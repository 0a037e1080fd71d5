#include "verdict/sequence.hpp"

#include <cmath>

#include "verdict/beta.hpp"
#include "verdict/search.hpp"
#include "verdict/ville.hpp"

namespace hearsay::verdict {
namespace {

constexpr double kShape = 0.5;  // the second one of the beta law that weighs chances above p

/// Log of the averaged likelihood over that at p, 0 < p < 1.
double evidence_above(std::uint64_t k, std::uint64_t n, double p) {
  const auto successes = static_cast<double>(k);
  const auto failures = static_cast<double>(n - k);
  const double log_q = std::log1p(-p);
  const double averaged =
      std::log(kShape) - kShape * log_q + log_beta_integral_above(successes + 1, failures + kShape, p);
  return averaged - successes * std::log(p) - failures * log_q;
}

}  // namespace

double sequence_lower_limit(std::uint64_t k, std::uint64_t n, double confidence) {
  if (k == 0) return 0;
  const double enough = enough_capital(confidence);
  const double observed = static_cast<double>(k) / static_cast<double>(n);
  return last_before(0, observed, [=](double p) { return evidence_above(k, n, p) < enough; });
}

double sequence_upper_limit(std::uint64_t k, std::uint64_t n, double confidence) {
  return 1 - sequence_lower_limit(n - k, n, confidence);
}

Interval sequence_two_sided(std::uint64_t k, std::uint64_t n, double confidence) {
  const double each_side = (1 + confidence) / 2;
  return {sequence_lower_limit(k, n, each_side), sequence_upper_limit(k, n, each_side)};
}

bool sequence_shows_above(std::uint64_t k, std::uint64_t n, double p, double confidence) {
  const bool above = static_cast<double>(k) > p * static_cast<double>(n);
  return above && evidence_above(k, n, p) >= enough_capital(confidence);
}

std::uint64_t sequence_successes_to_reach(std::uint64_t k, std::uint64_t n, double bound, double confidence) {
  if (bound <= 0) return 0;
  const double enough = enough_capital(confidence);
  return least_count([=](std::uint64_t more) { return evidence_above(k + more, n + more, bound) >= enough; });
}

}  // namespace hearsay::verdict
