#pragma once

// An exact test of uniformity, for tests that hold draws to being uniform.

#include <cstdint>
#include <vector>

namespace hearsay::testing {

/// The most that a right program may fail a statistical test: the chance, over all seeds, that it does.
inline constexpr double kFalseAlarm = 1e-9;

/// How surprising it is that of equally likely outcomes this one came counts[0] times, that one counts[1]
/// times and so on: the exact binomial p-value of the most surprising count, times their number (Bonferroni),
/// at most
/// 1. A test that fails below alpha fails a right program with probability at most alpha. Not empty.
double uniform_p_value(const std::vector<std::uint64_t>& counts);

}  // namespace hearsay::testing
