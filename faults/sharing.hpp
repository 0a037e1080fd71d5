#pragma once

#include <optional>
#include <string>

#include "scenario/scenario.hpp"

namespace hearsay::faults {

/// The name of the first fault by which the versions of a run may share what was drawn, so that they are not
/// independent of each other. Nothing: none does.
std::optional<std::string> sharing(const scenario::Scenario& scenario);

}  // namespace hearsay::faults
