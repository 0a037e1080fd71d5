#pragma once

// How many runs it takes until an expectation of a rate is decided, for better and for worse systems.

#include <cstdint>
#include <optional>
#include <vector>

#include "verdict/demand.hpp"
#include "verdict/planning.hpp"
#include "verdict/wald.hpp"

namespace hearsay::verdict {

/// What is asked of the runs to come.
struct Question {
  double bound;   ///< within 0..1 and neither an end
  bool at_least;  ///< the rate must be at least that; else at most
  Errors errors;
  std::uint64_t trials;  ///< versions that each run adds, at least 1
  Limits limits;
  std::optional<WaldTerms> test = {};  ///< in place of limits
  double chance = 0.999;               ///< to be decided
};

/// The answer for systems of one rate.
struct Prospect {
  double rate;
  Verdict verdict;                    ///< what it comes to; inconclusive: either
  std::optional<std::uint64_t> runs;  ///< enough to be decided with that chance; nothing: there is no number
};

/// By limits the number is exact, but for its being only about the least; where one may look at any time,
/// that at the latest. By Wald's test it is exact.
Prospect prospect(const Question& question, double rate);

/// From the best system to bad ones, by how much they are better or worse than the bound.
std::vector<Prospect> prospects(const Question& question);

}  // namespace hearsay::verdict
