#pragma once

// The key `ramp` of a [[fault]].

#include <optional>
#include <string>
#include <vector>

#include "scenario/fault_kind.hpp"
#include "scenario/fields.hpp"

namespace hearsay::scenario {

/// The ramp that `fields` have, if it is written; wrong, it still says of which parameter it is. `title`
/// names the fault in errors: `fault "wifi"`. The kind has some that can be ramped.
std::optional<Ramp> read_ramp(Fields& fields, const FaultKind& kind, const std::string& title,
                              std::vector<Problem>& problems);

}  // namespace hearsay::scenario
