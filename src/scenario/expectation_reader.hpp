#pragma once

// From an [[expect]] to an expectation.

#include <string>
#include <vector>

#include "base/errors.hpp"
#include "scenario/scenario.hpp"
#include "scenario/tree.hpp"

namespace hearsay::scenario {

/// What the table of `node` says, where a run has phases of these names; what is wrong with it is added to
/// `problems`. What `that` says is not looked at.
Expectation read_expectation(const Node& node, const std::vector<std::string>& phases,
                             std::vector<Problem>& problems);

}  // namespace hearsay::scenario
