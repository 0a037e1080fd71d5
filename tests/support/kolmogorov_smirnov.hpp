#pragma once

// The Kolmogorov-Smirnov test, for tests that hold draws to a continuous distribution.

#include <functional>
#include <vector>

namespace hearsay::testing {

/// How surprising it is that independent draws of a continuous distribution, given by its distribution
/// function, lie as far from it as `sample` does: 2 e^(-2nd²) for n draws whose empirical distribution
/// function is at most d away, at most 1. It bounds the exact p-value from above for every n, and is near it
/// when small. A test that fails below alpha fails a right program with probability at most alpha. Source:
/// P. Massart, "The tight constant in the Dvoretzky-Kiefer-Wolfowitz inequality", Annals of Probability 18
/// (1990).
double kolmogorov_smirnov_p_value(std::vector<double> sample,
                                  const std::function<double(double)>& distribution);

}  // namespace hearsay::testing
