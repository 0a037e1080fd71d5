#pragma once

// How well the live and the simulated world agree, scenario by scenario.

#include <cstdint>
#include <string>
#include <vector>

namespace hearsay::study {

struct Agreement {
  std::vector<std::string> files;  ///< of the scenarios
  std::uint32_t repeat = 10;       ///< runs of each, under seed, seed + 1, …
};

/// The scenarios it looks at unless told otherwise.
std::vector<std::string> default_files();

/// Runs each scenario in both worlds under the same seeds and latencies (1 ms where it names none), and
/// prints their figures side by side as it goes. Returns whether all runs that must agree exactly did: those
/// with no faults but delays and losses that last from start to end. Throws InputError for a scenario that
/// cannot be read.
bool run_agreement(const Agreement& study);

}  // namespace hearsay::study
