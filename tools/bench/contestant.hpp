#pragma once

// Who takes part in a benchmark. A contestant is one function that lives in one file; each of its runs has a
// process of its own, so it may leave memory and global state as it likes.

#include <cstdint>
#include <span>
#include <string_view>

namespace hearsay::bench {

/// What one run measured, all of it after warm-up.
struct Sample {
  std::uint64_t messages = 0;
  double wall_s = 0;
  double cpu_s = 0;                   ///< user + system time of the whole process
  std::uint64_t new_connections = 0;  ///< opened by the client
  double ready_cpu_s = 0;             ///< CPU time from the start of the process until all nodes listened
};

struct Contestant {
  std::string_view name;
  std::string_view what;  ///< one line for people
  /// Sends at least `messages` messages to `nodes` nodes after a warm-up; throws std::exception.
  Sample (*run)(unsigned nodes, std::uint64_t messages);
};

Sample run_limit(unsigned nodes, std::uint64_t messages);
Sample run_ceiling(unsigned nodes, std::uint64_t messages);
Sample run_live_world(unsigned nodes, std::uint64_t messages);

/// All contestants of `hearsay-bench live`; ratios are to those before them.
std::span<const Contestant> live_contestants();

}  // namespace hearsay::bench
