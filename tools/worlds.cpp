#include "tools/worlds.hpp"

#include "base/check.hpp"
#include "live/cluster.hpp"
#include "sim/simulation.hpp"

namespace hearsay::tools {

const std::vector<World>& worlds() {
  static const std::vector<World> table = {
      {"live", live::run},
      {"sim", sim::run},
  };
  return table;
}

measure::Outcome run_in_world(const scenario::Scenario& scenario, core::Observer& observer) {
  for (const World& world : worlds())
    if (world.name == scenario.world) return world.run(scenario, observer);
  HEARSAY_CHECK(false, "no such world: " + scenario.world);
}

}  // namespace hearsay::tools
