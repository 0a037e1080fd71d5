#pragma once

// The simulated world: virtual time, one thread, and the same events for the same scenario on every machine.

#include "core/observer.hpp"
#include "measure/outcome.hpp"
#include "scenario/scenario.hpp"

namespace hearsay::sim {

/// Runs a scenario in this world. A message without a latency of the scenario's takes 1 ms. Runs may go side
/// by side on threads of their own; an observer is asked on the thread of its run.
measure::Outcome run(const scenario::Scenario& scenario, core::Observer& observer);

/// The same with windows of 2^window_bits microseconds, at most 16 bits. Their length changes how fast it is,
/// and nothing else.
measure::Outcome run(const scenario::Scenario& scenario, core::Observer& observer, unsigned window_bits);

}  // namespace hearsay::sim
