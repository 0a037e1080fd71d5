#pragma once

// The beta and the binomial distribution, for this room's limits and tests. Of up to 10^9 trials they are
// exact within one part in 10^6.

#include <cstdint>

namespace hearsay::verdict {

/// The x below which a beta(a, b) variable falls with probability `below`; a, b > 0, 0 < below < 1.
double beta_quantile(double a, double b, double below);

/// The x above which it falls with probability `above`: exact where 1 - above would round.
double beta_quantile_from_above(double a, double b, double above);

/// Log of the integral of t^(a-1) (1-t)^(b-1) over x..1; a, b > 0, 0 <= x <= 1. -infinity where it is less
/// than a double can hold.
double log_beta_integral_above(double a, double b, double x);

/// P(at least k successes in n independent trials of chance p).
double binomial_at_least(std::uint64_t k, std::uint64_t n, double p);

/// P(at most k successes).
double binomial_at_most(std::uint64_t k, std::uint64_t n, double p);

}  // namespace hearsay::verdict
