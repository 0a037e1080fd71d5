#include "tools/worlds.hpp"

#include "base/check.hpp"
#include "live/cluster.hpp"
#include "sim/simulation.hpp"

namespace hearsay::tools {

const std::vector<World>& worlds() {
  static const std::vector<World> table = {
      {.name = "live", .run = live::run, .deterministic = false, .side_by_side = false},
      {.name = "sim", .run = sim::run, .deterministic = true, .side_by_side = true},
  };
  return table;
}

const World& world_named(std::string_view name) {
  for (const World& world : worlds())
    if (world.name == name) return world;
  HEARSAY_CHECK(false, "no such world: " + std::string(name));
}

}  // namespace hearsay::tools
