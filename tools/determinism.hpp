#pragma once

// The check that a run gives the same events every time.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "measure/event.hpp"
#include "runs/runs.hpp"

namespace hearsay::tools {

/// `run` done twice, the second time by `again`: the same, of a deterministic world. Gives the outcome; of a
/// run that was interrupted unchecked. Throws Bug when the digests of the traces differ. Its text shows the
/// first event that differs between two more runs by `again`, or says that there is none this time.
runs::Run checked(runs::Run run, runs::Run again);

/// The first place at which two traces differ.
struct Difference {
  std::uint64_t line;  ///< from 1
  std::string first;   ///< the line of the first trace; empty where that has ended
  std::string second;
};

/// Compares what two runs of a scenario tell the sink they are given, over files that have no names. Throws
/// CannotRun when there is no room for those.
std::optional<Difference> first_difference(const scenario::Scenario& scenario,
                                           const std::function<void(measure::EventSink&)>& first,
                                           const std::function<void(measure::EventSink&)>& second);

}  // namespace hearsay::tools
