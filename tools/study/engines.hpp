#pragma once

// Whether the simulated world and the plain heap that it is held to agree on what is too large for a test.

#include <cstdint>
#include <string>
#include <vector>

namespace hearsay::study {

struct Engines {
  std::vector<std::string> files;  ///< of the scenarios
  std::uint32_t divide = 1;        ///< each with so many times fewer nodes than it says
};

/// The scenarios of a million nodes and more.
std::vector<std::string> large_files();

/// Runs each scenario by both engines, and prints as it goes how long that took and whether the digests of
/// all their events are one. Returns whether all are. Throws InputError for a scenario that cannot be read.
bool run_engines(const Engines& study);

}  // namespace hearsay::study
