#pragma once

// How often `hearsay check` finds a regression where there is none, and how often it finds one.

#include <cstdint>

namespace hearsay::study {

struct FalseAlarms {
  std::uint32_t checks =
      30'000;                ///< of systems that are the same, half of them with versions that share a kill
  std::uint32_t runs = 100;  ///< of each side of these, under seeds of their own
  std::uint32_t planted = 1'000;  ///< checks of each planted regression
  std::uint32_t jobs = 1;
};

/// Simulates all of it, judges it as the command does, and prints what was found. Returns whether false
/// alarms were no more than alpha allows, and regressions found no less often than is said: a right program
/// fails once in 10^4 studies, and seeds are fixed.
bool run_false_alarms(const FalseAlarms& study);

}  // namespace hearsay::study
