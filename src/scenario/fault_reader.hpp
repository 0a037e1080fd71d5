#pragma once

// From the [[fault]] tables to faults.

#include <vector>

#include "scenario/kinds.hpp"
#include "scenario/reader.hpp"
#include "scenario/tree.hpp"
#include "scenario/window_reader.hpp"

namespace hearsay::scenario {

/// What is known of a scenario when its faults are read; nothing where the file has it wrong.
struct Setting {
  const std::vector<FaultKind>& kinds;
  const Members& members;
  Course course;
};

/// The faults of `tables`; what is wrong with them is added to `problems`.
std::vector<Fault> read_faults(const Array& tables, const Setting& setting, std::vector<Problem>& problems);

}  // namespace hearsay::scenario
