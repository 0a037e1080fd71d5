#pragma once

// Who takes part in the benchmark of the simulated world: engines, each one function, and the scenarios they
// are given, each a file NAME.toml in this folder. Each run has a process of its own.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hearsay::bench::sim {

/// What one engine does in one process: a scenario at one size, under so many seeds.
struct Work {
  std::string scenario;  ///< the name of its file; of none for the limit
  std::uint32_t nodes = 0;
  std::uint32_t seeds = 1;

  std::string path() const;
  std::vector<std::string> settings() const;  ///< as --set takes them
};

struct Sample {
  std::uint64_t messages = 0;
  double cpu_s = 0;       ///< user + system time
  double peak_bytes = 0;  ///< of resident memory
};

struct Engine {
  std::string_view name;
  std::string_view what;  ///< one line for people
  /// Throws std::exception when it cannot do the work.
  Sample (*run)(const Work& work);
};

Sample run_limit(const Work& work);
Sample run_sim(const Work& work);
Sample run_heap(const Work& work);
Sample run_program(const Work& work);

std::span<const Engine> engines();

}  // namespace hearsay::bench::sim
