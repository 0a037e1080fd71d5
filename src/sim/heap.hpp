#pragma once

// The plainest world of virtual time there can be: one heap of arrivals, one instant after the other, in the
// order that simultaneous events have. Slow, and obviously right: what the fast world is held to.

#include "core/observer.hpp"
#include "measure/outcome.hpp"
#include "scenario/scenario.hpp"

namespace hearsay::sim {

/// Runs a scenario as sim::run does, with the same outcome.
measure::Outcome run_by_heap(const scenario::Scenario& scenario, core::Observer& observer);

}  // namespace hearsay::sim
