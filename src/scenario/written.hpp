#pragma once

#include <string>

#include "scenario/tree.hpp"

namespace hearsay::scenario {

/// A tree as TOML, in the order of its keys: parsed again it is the same, places aside. The same tree gives
/// the same text. No tree that a scenario is read from has dates.
std::string to_toml(const Table& tree);

}  // namespace hearsay::scenario
