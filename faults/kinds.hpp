#pragma once

// The table of fault kinds: one file each, and one line in kinds.cpp.

#include <vector>

#include "faults/fault.hpp"

namespace hearsay::faults {

Kind burst();
Kind churn();
Kind corrupt();
Kind delay();
Kind drop();
Kind duplicate();
Kind kill();
Kind pause();
Kind partition();
Kind reorder();
Kind reset();
Kind skew();
Kind slow();
Kind stale();
Kind throttle();

/// All of them, by name.
const std::vector<Kind>& kinds();

/// That of a rule, whose kind must be in the table.
const Kind& kind_of(const scenario::Fault& rule);

/// What is wrong with the faults of a scenario taken together, beyond what the reader sees of each alone.
std::vector<Problem> problems(const scenario::Scenario& scenario);

}  // namespace hearsay::faults
