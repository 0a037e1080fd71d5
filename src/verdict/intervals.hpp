#pragma once

// Limits on a rate that hold at a stated confidence, for every n and every true rate: no approximation.

#include <cstdint>

namespace hearsay::verdict {

struct Interval {
  double low;
  double high;
};

/// Limits on a chance, from k successes in n independent trials, 0 <= k <= n; 0 < confidence < 1.
/// Source: C. J. Clopper, E. S. Pearson, "The use of confidence or fiducial limits illustrated in the case of
/// the binomial", Biometrika 26 (1934), 404-413.
///
/// One-sided lower limit: it exceeds the true chance with probability at most 1 - confidence. n = 0 gives 0.
double lower_limit(std::uint64_t k, std::uint64_t n, double confidence);

/// One-sided upper limit; n = 0 gives 1.
double upper_limit(std::uint64_t k, std::uint64_t n, double confidence);

/// Both limits, each at (1 + confidence) / 2.
Interval two_sided(std::uint64_t k, std::uint64_t n, double confidence);

/// How rare k successes of n trials of that chance are: twice the chance of so few, or of so many, whichever
/// is rarer; at most 1. Exact: sums of the binomial distribution, by the incomplete beta function.
double two_sided_chance(std::uint64_t k, std::uint64_t n, double chance);

/// How many further trials, all successes, would make lower_limit(k + more, n + more) reach `bound`; 0 if it
/// does already. bound < 1. Its mirror image for upper limits: swap successes and failures.
std::uint64_t successes_to_reach(std::uint64_t k, std::uint64_t n, double bound, double confidence);

}  // namespace hearsay::verdict
