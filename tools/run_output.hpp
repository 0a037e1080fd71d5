#pragma once

// What `hearsay run` wrote of one run, read back.

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "measure/outcome.hpp"
#include "scenario/scenario.hpp"
#include "verdict/sample.hpp"

namespace hearsay::tools {

struct RunOutput {
  verdict::Sample sample;  ///< of one run
  std::optional<measure::Lag> lag;
};

/// From its `--json` and its `--csv`. Throws std::runtime_error saying what is not as a run of `scenario` to
/// its end writes it.
RunOutput read_run(const std::string& json, const std::string& csv, const scenario::Scenario& scenario,
                   const std::vector<Duration>& bounds);

}  // namespace hearsay::tools
