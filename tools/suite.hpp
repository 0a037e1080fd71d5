#pragma once

#include <vector>

#include "scenario/scenario.hpp"
#include "tools/run_options.hpp"

namespace hearsay::tools {

/// Runs scenarios one after the other, shows and writes what came of them, and returns the exit code. None of
/// them stops for what another one throws.
int run_suite(const std::vector<scenario::Scenario>& scenarios, const RunOptions& options);

}  // namespace hearsay::tools
