#pragma once

// Runs the engines side by side: interleaved, each run in a process of its own on one core.

#include <cstdint>
#include <vector>

#include "tools/bench/sim/contestant.hpp"

namespace hearsay::bench::sim {

struct Plan {
  std::vector<std::uint32_t> nodes = {100'000, 1'000'000, 10'000'000};
  std::uint32_t runs = 7;
  bool brief = false;  ///< leaves out what takes long and is run only once
};

/// Runs the plan and prints to stdout one table a size, medians over the runs, then what is demanded of them.
/// Throws std::runtime_error when a run fails.
void run_plan(const Plan& plan);

/// One run in this process, for run_plan: prints its sample to stdout.
void run_one(const std::string& engine, const Work& work);

}  // namespace hearsay::bench::sim
