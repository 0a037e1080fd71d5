#pragma once

#include <string>
#include <vector>

#include "scenario/scenario.hpp"
#include "tools/run_options.hpp"

namespace hearsay::tools {

/// `hearsay run --plan`: for every rate that is expected, how many runs it takes until it is decided. Nothing
/// runs: how good the system is nobody knows beforehand, so it is said for several.
std::string plan(const std::vector<scenario::Scenario>& scenarios, const RunOptions& options);

}  // namespace hearsay::tools
