#pragma once

// What rows of a baseline add up to.

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

namespace hearsay::baseline {

/// How many are true.
inline std::uint64_t total(const std::vector<bool>& flags) {
  return static_cast<std::uint64_t>(std::count(flags.begin(), flags.end(), true));
}

inline std::uint64_t total(const std::vector<std::uint64_t>& values) {
  return std::accumulate(values.begin(), values.end(), std::uint64_t{0});
}

}  // namespace hearsay::baseline
