#pragma once

// How long runs of lost messages are, and ought to be.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace hearsay::testing {

/// How many runs of lost messages that came to an end have length 1, 2, … and, last, `kinds` or more.
inline std::vector<std::uint64_t> runs_of(const std::vector<bool>& lost, std::size_t kinds) {
  std::vector<std::uint64_t> counts(kinds);
  std::size_t length = 0;
  for (const bool each : lost) {
    if (!each && length != 0) ++counts[std::min(length, kinds) - 1];
    length = each ? length + 1 : 0;
  }
  return counts;
}

/// The chance of each of these, where runs go on with the same chance however long they are.
inline std::vector<double> geometric(double mean, std::size_t kinds) {
  const double goes_on = 1 - 1 / mean;
  std::vector<double> shares;
  for (std::size_t i = 0; i + 1 < kinds; ++i) shares.push_back(std::pow(goes_on, i) / mean);
  shares.push_back(std::pow(goes_on, kinds - 1));
  return shares;
}

}  // namespace hearsay::testing
