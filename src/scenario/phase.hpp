#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scenario/scenario.hpp"

namespace hearsay::scenario {

inline constexpr std::string_view kWarmup = "warmup";
inline constexpr std::string_view kSettle = "settle";

/// A part of a run that has a name.
struct Phase {
  std::string name;
  Window window;
};

/// "warmup" and "settle", where the scenario has them, and every fault by its name: while its window is open,
/// or, of one that kills, from when it acts until the nodes restart.
std::vector<Phase> phases(const Scenario& scenario);

}  // namespace hearsay::scenario
