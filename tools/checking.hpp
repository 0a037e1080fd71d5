#pragma once

// Measures scenarios and holds them to what they are checked against.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "measure/outcome.hpp"
#include "report/check.hpp"
#include "tools/check_work.hpp"
#include "verdict/sample.hpp"

namespace hearsay::tools {

/// How runs are made.
struct Measuring {
  std::uint32_t jobs = 1;
  std::optional<Duration> max_lag = {};
  bool quiet = false;
};

/// The runs of one scenario from one seed on, and what they are set against.
struct Sides {
  measure::Outcome outcome;
  verdict::Sample now;
  verdict::Sample before;
  std::optional<measure::Lag> lag;  ///< the worst of both, where both were measured
};

/// Measures `work` from `seed` on. Throws Interrupted when interrupted, else what a run threw.
using Measure = std::function<Sides(const Work& work, std::uint64_t seed)>;

/// The command was interrupted; `outcome` is what there is of the scenario, if there is any.
struct Interrupted {
  std::optional<measure::Outcome> outcome = {};
};

/// What else there is to do for each run, with its scenario and seed. It returns early when interrupted.
using Beside = std::function<void(const scenario::Scenario& scenario)>;

/// Runs of this program, one after the other where there is something to do beside: that comes before the
/// first run, after the second, before the third and so on, so that neither always has the other's remains.
/// Throws as Measure does.
measure::Outcome measure_runs(const Work& work, std::uint64_t seed, const Measuring& measuring,
                              const Beside& beside = {});

/// Why what was measured is no ground to judge by; empty if it is.
std::vector<std::string> unsound(const Work& work, const measure::Outcome& outcome,
                                 std::optional<Duration> max_lag);

struct Checked {
  report::Checks checks;  ///< in the order of the work
  int exit_code = 0;
};

/// Measures all of `work` and judges it together, with `against` as what it is held to and `alpha` as the
/// chance of a false alarm.
Checked check_all(const std::vector<Work>& work, double alpha, const Overrides& overrides,
                  std::optional<Duration> max_lag, const std::string& command, const Measure& measure);

}  // namespace hearsay::tools
