#pragma once

// The table of worlds a scenario can run in: one line each in worlds.cpp.

#include <string_view>
#include <vector>

#include "core/observer.hpp"
#include "measure/outcome.hpp"
#include "scenario/scenario.hpp"

namespace hearsay::tools {

struct World {
  std::string_view name;
  measure::Outcome (*run)(const scenario::Scenario& scenario, core::Observer& observer);
};

const std::vector<World>& worlds();

/// Runs the scenario in its world.
measure::Outcome run_in_world(const scenario::Scenario& scenario, core::Observer& observer);

}  // namespace hearsay::tools
