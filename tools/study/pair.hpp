#pragma once

// One scenario, run in the live and in the simulated world.

#include <cstdint>
#include <optional>

#include "measure/outcome.hpp"
#include "scenario/scenario.hpp"

namespace hearsay::study {

struct Pair {
  scenario::Scenario scenario;
  measure::Outcome live;   ///< all runs, merged
  measure::Outcome sim;    ///< the same
  std::uint32_t same = 0;  ///< runs in which both worlds had the same learnings, commits, sends and hits
  std::uint32_t same_nodes = 0;  ///< runs in which at least the same nodes learned the same versions
};

/// Runs `scenario` under `repeat` seeds in each world. repeat >= 1.
Pair run_pair(const scenario::Scenario& scenario, std::uint32_t repeat);

/// Whether time has no say in what its faults hit: all are losses and delays that last from start to end.
/// Then both worlds must agree in every run.
bool must_agree(const scenario::Scenario& scenario);

}  // namespace hearsay::study
