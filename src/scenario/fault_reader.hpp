#pragma once

// From the [[fault]] tables to faults.

#include <optional>
#include <vector>

#include "scenario/reader.hpp"
#include "scenario/tree.hpp"

namespace hearsay::scenario {

/// What is known of a scenario when its faults are read; nothing where the file has it wrong.
struct Setting {
  const std::vector<FaultKind>& kinds;
  std::optional<NodeId> nodes;
  std::optional<Tick> last_deadline;
};

/// The faults of `tables`; what is wrong with them is added to `problems`.
std::vector<Fault> read_faults(const Array& tables, const Setting& setting, std::vector<Problem>& problems);

}  // namespace hearsay::scenario
