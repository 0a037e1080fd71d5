#pragma once

// The runs of one scenario under many seeds, on several threads.

#include <cstdint>
#include <exception>
#include <functional>
#include <optional>

#include "core/observer.hpp"
#include "measure/outcome.hpp"
#include "scenario/scenario.hpp"

namespace hearsay::runs {

/// Runs a scenario once, from start to end.
using Run = std::function<measure::Outcome(const scenario::Scenario& scenario, core::Observer& observer)>;

/// Watches over all runs of a scenario. Runs one after the other report to it as to any observer. Of runs at
/// once none does; they only ask `interrupted`, from their threads.
class Watch : public core::Observer {
 public:
  /// So many of the runs are done. Calls never overlap.
  virtual void done(std::uint32_t /*runs*/) {}
};

/// What came of all runs of a scenario.
struct Runs {
  std::optional<measure::Outcome> outcome;  ///< of those that ended, merged; nothing: none did
  std::exception_ptr thrown;                ///< what ended them before their time, if anything
};

/// Asked, after a number of runs that grows by a twentieth at least each time, whether they are enough.
using Enough = std::function<bool(const measure::Outcome& merged)>;

/// Runs `scenario` under `repeat` seeds, seed, seed + 1, …, at most `jobs` at once, and merges the runs in
/// the order of their seeds. `run` must bear to be called from that many threads. Both numbers are at
/// least 1.
///
/// The result does not depend on `jobs`: the first run, in the order of seeds, that is interrupted or throws
/// decides how it ends, and those after it count for nothing. Interrupted: the result has what came before it
/// and its own part, and is marked. A run that throws: the result has what came before it, is marked, and has
/// its exception. When runs are interrupted between two of them, the result has those that are done, and is
/// marked.
///
/// With `enough`, `repeat` is how many there are at most: no run after those that are enough counts, and the
/// outcome is sequential.
///
/// It holds the outcomes of few runs more than there are threads, beside the merged one.
Runs run_all(const scenario::Scenario& scenario, std::uint32_t repeat, std::uint32_t jobs, const Run& run,
             Watch& watch, const Enough& enough = {});

}  // namespace hearsay::runs
