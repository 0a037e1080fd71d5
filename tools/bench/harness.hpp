#pragma once

// Runs contestants side by side: interleaved, each run in a process of its own on one core, so that drift of
// the machine hits all of them alike and neither memory nor state passes from one to the next.

#include <cstdint>
#include <string>
#include <vector>

namespace hearsay::bench {

struct Plan {
  std::vector<unsigned> nodes = {100, 1'000};
  std::uint64_t messages = 30'000;  ///< a run, after warm-up
  unsigned rounds = 7;
  std::vector<std::string> only;  ///< names of contestants; empty: all
};

/// Runs the plan and prints one table a cluster size to stdout: medians over the rounds, and the CPU time of
/// each contestant as a multiple of those above it (medians of the rounds' ratios).
/// Throws std::runtime_error when a run fails or a name is unknown.
void run_live(const Plan& plan);

/// One run of the contestant `name` in this process, for run_live: prints its sample to stdout.
void run_one(const std::string& name, unsigned nodes, std::uint64_t messages);

}  // namespace hearsay::bench
