#pragma once

// Small scenarios of all that one can write, made up from a number.

#include <cstdint>
#include <string>

namespace hearsay::sim {

/// The scenario of this number, as TOML; the same on every machine. Times are often so short that arrivals,
/// rounds, faults and deadlines meet in one instant, and sometimes so long that they lie hours apart.
std::string any_scenario(std::uint64_t number);

}  // namespace hearsay::sim
