#pragma once

#include <optional>

#include "scenario/scenario.hpp"

namespace hearsay::theory {

/// The exact chance that a version of `scenario` commits, where it is known: for `push` with faults that only
/// lose messages, each on its own, all alike and all the time (`drop` from everyone to everyone), or only
/// delay them. Time has no say in it as long as the deadline cuts nothing off; so nothing is given for a
/// deadline of less than log2(nodes), rounded up, times the span for which a node sends. Nor for clusters so
/// large that it would take more than about a second to compute.
std::optional<double> commit_chance(const scenario::Scenario& scenario);

}  // namespace hearsay::theory
