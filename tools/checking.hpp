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
};

/// Measures `work` from `seed` on. Throws Interruption when interrupted, else what a run threw.
using Measure = std::function<Sides(const Work& work, std::uint64_t seed)>;

/// The command was interrupted; `outcome` is what there is of the scenario, if there is any.
struct Interruption {
  std::optional<measure::Outcome> outcome = {};
};

/// Runs of this program alone. `beside`, if there is one, is called after each run, with its scenario.
measure::Outcome measure_alone(const Work& work, std::uint64_t seed, const Measuring& measuring,
                               const std::function<void(const scenario::Scenario&)>& beside = {});

/// Why what was measured is no ground to judge by; empty if it is.
std::vector<std::string> unsound(const Work& work, const measure::Outcome& outcome,
                                 std::optional<Duration> max_lag);

struct Checked {
  std::vector<report::Check> checks;  ///< in the order of the work
  int exit_code = 0;
};

/// Measures all of `work` and judges it together, with `against` as what it is held to and `alpha` as the
/// chance of a false alarm.
Checked check_all(const std::vector<Work>& work, const std::string& against, double alpha,
                  const Overrides& overrides, std::optional<Duration> max_lag, const Measure& measure);

}  // namespace hearsay::tools
