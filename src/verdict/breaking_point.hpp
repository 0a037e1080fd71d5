#pragma once

// Where along an ordered row of places a condition ceases to hold, found by probes that may be wrong or tell
// nothing.

#include <cstddef>
#include <functional>
#include <optional>

#include "verdict/verdict.hpp"

namespace hearsay::verdict {

/// What was found; places count from 0.
struct Bracket {
  std::optional<std::size_t> holds;  ///< the place nearest to the breaking point that was shown to hold
  std::optional<std::size_t> fails;  ///< the nearest that was shown to fail
};

/// The most probes that a search among so many places takes.
std::size_t most_probes(std::size_t places);

/// Looks for the breaking point among `places` (at least 2) places, along which the condition holds up to one
/// and fails after it, or the other way round. `probe` says of a place whether it holds (pass), fails or
/// cannot be told; it is asked once a place at most. The search halves; where nothing can be told it goes on
/// to both sides, to find the nearest places of which something can.
///
/// Each probe of a place has one way to be wrong. So where each is with probability at most
/// a / most_probes(places), whatever the others say, the breaking point is between what is found with
/// probability at least 1 - a. If both ends hold, or fail, there is none: only one side of the bracket is
/// given, an end. `probe` may throw.
Bracket find_breaking_point(std::size_t places, const std::function<Verdict(std::size_t place)>& probe);

}  // namespace hearsay::verdict
