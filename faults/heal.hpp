#pragma once

#include <optional>

#include "base/time.hpp"
#include "scenario/scenario.hpp"

namespace hearsay::faults {

/// When the last fault of a scenario that heals has healed: its window has closed, and the nodes it took down
/// are up again. A fault that stays open to the end, repeats, or never restarts its nodes does not heal.
/// Nothing: none does.
std::optional<Tick> heal(const scenario::Scenario& scenario);

}  // namespace hearsay::faults
