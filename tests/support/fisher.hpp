#pragma once

// Fisher's exact test, for tests that hold two measured rates to each other.

#include <cstdint>

namespace hearsay::testing {

/// How surprising k1 successes in n1 trials beside k2 in n2 are if all have the same chance, whatever it is:
/// given k1 + k2 successes, the probability of all ways to divide them that are no likelier than this one. A
/// test that fails below alpha fails a right program with probability at most alpha. k1 <= n1, k2 <= n2. Ways
/// within 1e-7 of this one's probability count as equally likely, against rounding; the relative error is
/// below 1e-6 for up to 10^7 trials. Time grows as k1 + k2. Source: R. A. Fisher, "The logic of inductive
/// inference", Journal of the Royal Statistical Society 98 (1935).
double fisher_p_value(std::uint64_t k1, std::uint64_t n1, std::uint64_t k2, std::uint64_t n2);

}  // namespace hearsay::testing
