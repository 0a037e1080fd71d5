#pragma once

// What a condition on a rate comes down to: versions that commit in time, and a bound on how often they do.

#include <string>

#include "measure/outcome.hpp"
#include "verdict/rates.hpp"
#include "verdict/verdict.hpp"

namespace hearsay::verdict {

struct Demand {
  CommitRate rate;
  std::string in_time;  ///< " within 8s", as explanations put it; empty: at all
  bool at_least;        ///< the rate must be at least `bound`; else at most
  double bound;
};

/// `condition` must be of a rate.
Demand demand(const Condition& condition, const measure::Outcome& outcome);

/// Pass when the limit on the bad side meets the bound, fail when the limit on the good side misses it.
Verdict judge(const Demand& demand, double confidence);

/// One sentence on why it was judged so; for an inconclusive one, what would decide it.
std::string explain(const Demand& demand, double confidence, Verdict verdict);

}  // namespace hearsay::verdict
