#pragma once

// Limits on a chance that hold however often one looks and whenever one stops.
//
// The likelihood of what was seen, averaged over chances above p, is compared with its likelihood at p. Where
// the chance is p or less this ratio is not expected to grow, and by Ville's inequality it ever reaches 1/a
// with probability at most a. Chances above p are weighed by a beta(1, 1/2) law stretched from p to 1, which
// looks for chances near 1 most; that makes the limit the least p that is not ruled out.
// Source: H. Robbins, "Statistical methods related to the law of the iterated logarithm", Ann. Math. Statist.
// 41 (1970), 1397-1409; S. R. Howard, A. Ramdas, J. McAuliffe, J. Sekhon, "Time-uniform, nonparametric,
// nonasymptotic confidence sequences", Ann. Statist. 49 (2021), 1055-1080 (beta-binomial mixture).

#include <cstdint>

#include "verdict/intervals.hpp"

namespace hearsay::verdict {

/// One-sided limits from k successes in n independent trials, 0 <= k <= n; 0 < confidence < 1. That any of
/// those of a growing n ever errs has probability at most 1 - confidence.
double sequence_lower_limit(std::uint64_t k, std::uint64_t n, double confidence);
double sequence_upper_limit(std::uint64_t k, std::uint64_t n, double confidence);

/// Both limits, each at (1 + confidence) / 2.
Interval sequence_two_sided(std::uint64_t k, std::uint64_t n, double confidence);

/// Whether the lower limit is above `p`; 0 < p < 1.
bool sequence_shows_above(std::uint64_t k, std::uint64_t n, double p, double confidence);

/// How many further trials, all successes, would make the lower limit reach `bound`; bound < 1. Its mirror
/// image for upper limits: swap successes and failures.
std::uint64_t sequence_successes_to_reach(std::uint64_t k, std::uint64_t n, double bound, double confidence);

}  // namespace hearsay::verdict
