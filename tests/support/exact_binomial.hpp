#pragma once

// The exact two-sided binomial test, for tests that hold a measured rate to a known probability.

#include <cstdint>

namespace hearsay::testing {

/// How surprising k successes in n independent trials of probability p are: the probability of all outcomes
/// no likelier than k. A test that fails below alpha fails a right program with probability at most alpha. 0
/// <= k <= n, 0 <= p <= 1. Outcomes within 1e-7 of k's probability count as equally likely, against rounding;
/// the relative error is below 1e-6 for n up to 10^7. Time grows as the square root of n.
double two_sided_p_value(std::uint64_t k, std::uint64_t n, double p);

}  // namespace hearsay::testing
