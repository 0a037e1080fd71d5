#pragma once

// What of the runs of a scenario another program, or another day, is held to.

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "base/time.hpp"
#include "measure/outcome.hpp"
#include "scenario/scenario.hpp"

namespace hearsay::verdict {

/// Which versions of each run committed, which of them in time, and what they cost.
struct Sample {
  std::uint64_t seed = 0;  ///< of the first run; run i uses seed + i
  std::uint32_t runs = 0;
  std::uint64_t versions = 0;  ///< of each run
  measure::Unit unit = measure::Unit::version;
  std::vector<bool> committed = {};                   ///< by run, then in order of publishing
  std::map<Duration, std::vector<bool>> within = {};  ///< for each bound: committed no later than that
  std::vector<std::uint64_t> sent = {};               ///< messages, by run
  std::vector<std::uint64_t> learnings = {};          ///< by run

  std::size_t trials() const { return std::size_t{runs} * versions; }
};

/// That of an outcome that was not interrupted, with one bit a version for each of `bounds`.
Sample sample_of(const measure::Outcome& outcome, const std::vector<Duration>& bounds);

/// The bounds T within which its expectations want versions to commit, by `commit_latency.pNN <= T` or
/// `commit_rate(within = T) >= …`, ascending. Throws InputError for an expectation that cannot be read.
std::vector<Duration> judged_bounds(const scenario::Scenario& scenario);

}  // namespace hearsay::verdict
