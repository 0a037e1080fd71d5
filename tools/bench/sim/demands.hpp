#pragma once

#include "tools/bench/sim/results.hpp"

namespace hearsay::bench::sim {

/// Prints what is demanded of the simulated world beside what was measured; a demand is passed over when
/// what it needs was not.
void print_demands(const Results& results);

}  // namespace hearsay::bench::sim
