#pragma once

// Settings of the command line, applied to the tree of a scenario before it is validated, so that they meet
// the same checks as the file.

#include <string>
#include <vector>

#include "scenario/tree.hpp"

namespace hearsay::scenario {

/// Applies "KEY=VALUE", where KEY is `seed`, `gossip.fanout` or `fault.NAME.probability`; reports one that
/// has no place in the tree. Its place in errors is the file `--set KEY=VALUE`.
void apply(const std::string& setting, Table& tree, std::vector<Problem>& problems);

}  // namespace hearsay::scenario
