#pragma once

// Pearson's chi-square test, for tests that hold counts to expected ones.

#include <cstdint>
#include <vector>

namespace hearsay::testing {

/// How surprising it is that independent draws, each of kind i with chance shares[i], come counts[i] times:
/// the tail of the chi-square distribution with so many degrees of freedom as there are kinds, less one. An
/// even number of them, so that it has a closed form: an odd number of kinds. Every kind must be expected 100
/// times or more; the error of the approximation is then small beside any sensible bound of 1e-9 and above.
double chi_square_p_value(const std::vector<std::uint64_t>& counts, const std::vector<double>& shares);

}  // namespace hearsay::testing
