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
  bool deterministic;  ///< one scenario and seed always give one trace, and its digest
  bool side_by_side;   ///< runs on several threads at once measure the same as one after the other
};

const std::vector<World>& worlds();

/// The world of this name, which must be in the table.
const World& world_named(std::string_view name);

}  // namespace hearsay::tools
