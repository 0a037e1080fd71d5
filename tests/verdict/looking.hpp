#pragma once

// What one who looks after every trial sees, by exact sums over all paths.

#include <cstdint>
#include <vector>

#include "tests/verdict/binomial.hpp"

namespace hearsay::verdict {

/// The probability that `stops(k, n)` holds for any n of 1..most, where k of the first n trials succeeded,
/// each with `chance`, and `stops` at some k does so at all greater ones.
template <typename Stops>
double ever(double chance, std::uint64_t most, const Stops& stops) {
  std::vector<long double> going = {1};  // by k
  long double stopped = 0;
  for (std::uint64_t n = 1; n <= most; ++n) {
    going.push_back(0);
    for (std::uint64_t k = n; k > 0; --k) going[k] = going[k] * (1 - chance) + going[k - 1] * chance;
    going[0] *= 1 - chance;
    for (std::uint64_t k = n + 1; k-- > 0;) {
      if (going[k] == 0) continue;  // all who could be here have stopped
      if (!stops(k, n)) break;
      stopped += going[k];
      going[k] = 0;
    }
  }
  return static_cast<double>(stopped);
}

}  // namespace hearsay::verdict
