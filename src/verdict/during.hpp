#pragma once

// What a phase of a run shows by itself: the versions that were published in it, and the messages sent in it.

#include <optional>
#include <string>

#include "measure/outcome.hpp"
#include "scenario/scenario.hpp"
#include "verdict/verdict.hpp"

namespace hearsay::verdict {

/// Whether it is a count of messages, which a phase has even if no version was published in it.
bool counts_messages(const Condition& condition);

/// Why `condition` cannot be asked of a phase; nothing if it can.
std::optional<std::string> not_of_a_phase(const Condition& condition);

/// The part of an outcome that belongs to a phase.
struct Part {
  measure::Outcome outcome;  ///< the versions published in it; of messages those counts that are known by
                             ///< phase (sent, dropped, duplicated, delayed), of what was sent in it
  measure::Summary summary;  ///< of those versions and of all messages of them
};

/// That of phase `name` of the scenario.
Part part_during(const std::string& name, const scenario::Scenario& scenario,
                 const measure::Outcome& outcome);

}  // namespace hearsay::verdict
