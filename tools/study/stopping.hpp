#pragma once

// How often verdicts err that runs are added for until they are decided.

#include <cstdint>

namespace hearsay::study {

struct Stopping {
  std::uint32_t commands = 2'000;  ///< of `run --repeat auto` on systems exactly on their bound
  std::uint32_t max_runs = 100;    ///< of each
  std::uint32_t tests = 20'000;    ///< of Wald on each system
};

/// Draws versions that commit with a known chance, judges them as the command does, and prints how often
/// verdicts were wrong, and for Wald's test also how many versions it took, beside his formulas. Returns
/// whether no error was more frequent than is said: a right program fails once in 10^4 studies, and seeds are
/// fixed.
bool run_stopping(const Stopping& study);

}  // namespace hearsay::study
