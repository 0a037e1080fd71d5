#pragma once

// What `hearsay run` is asked for.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "runs/at_once.hpp"
#include "scenario/scenario.hpp"
#include "tools/arguments.hpp"
#include "tools/output.hpp"

namespace hearsay::tools {

struct RunOptions {
  std::vector<std::string> paths;
  Overrides overrides;
  Repeat repeat;
  std::uint32_t jobs = runs::processors();
  bool check_determinism = false;
  bool dry_run = false;
  bool plan = false;
  bool fail_fast = false;
  bool quiet = false;
  std::optional<Duration> timeout;
  std::optional<Duration> max_lag;
  std::optional<double> alpha;  ///< one budget of false alarms for all rates of all scenarios
  Outputs outputs;
};

/// One line: a scenario, its seed, and every option that changes what comes of it.
std::string options_in_force(const scenario::Scenario& scenario, const RunOptions& options);

/// The command that does the same once more: with that scenario alone, or, where one budget of false alarms
/// is split over all, with all of them.
std::string command_to_repeat(const scenario::Scenario& scenario, const RunOptions& options);

}  // namespace hearsay::tools
