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

/// How many further trials, all successes, would make lower_limit(k + more, n + more) reach `bound`; 0 if it
/// does already. bound < 1. Its mirror image for upper limits: swap successes and failures.
std::uint64_t successes_to_reach(std::uint64_t k, std::uint64_t n, double bound, double confidence);

/// The same for the expectation of values within 0..1 of any distribution, from the mean of n independent
/// ones. Never above the stated error; like a chance's limits where all values are 0 or all 1, else wider.
/// Source: W. Hoeffding, "Probability inequalities for sums of bounded random variables", J. Amer. Statist.
/// Assoc. 58 (1963), 13-30, Theorem 1 (2.1), solved for the expectation.
double mean_lower_limit(double mean, std::uint64_t n, double confidence);
double mean_upper_limit(double mean, std::uint64_t n, double confidence);
Interval mean_two_sided(double mean, std::uint64_t n, double confidence);

/// How many further values, all 1, would make the lower limit reach `bound`.
std::uint64_t ones_to_reach(double mean, std::uint64_t n, double bound, double confidence);

}  // namespace hearsay::verdict
