#pragma once

// What a condition on a rate comes down to: versions that commit in time, and a bound on how often they do.

#include <string>

#include "base/time.hpp"
#include "measure/outcome.hpp"
#include "verdict/rates.hpp"
#include "verdict/verdict.hpp"

namespace hearsay::verdict {

struct Demand {
  CommitRate rate;
  std::string in_time;  ///< " within 8s", as explanations put it; empty: at all
  bool at_least;        ///< the rate must be at least `bound`; else at most
  double bound;
  Duration within = kNever - 1;  ///< the time they must commit in
};

/// `condition` must be of a rate.
Demand demand(const Condition& condition, const measure::Outcome& outcome);

/// The errors that a verdict on a rate is allowed.
struct Errors {
  double confidence;  ///< of the limit that must meet the bound to pass
  double alpha;       ///< 1 - that of the limit that must miss it to fail

  /// The same for both.
  static Errors of(double confidence) { return {confidence, 1 - confidence}; }
};

/// Pass when the limit on the bad side meets the bound, fail when the limit on the good side misses it.
Verdict judge(const Demand& demand, const Errors& errors);

/// One sentence on why it was judged so; for an inconclusive one, what would decide it.
std::string explain(const Demand& demand, const Errors& errors, Verdict verdict);

/// The probability that a rate as good as demanded is seen as bad as this, or worse. Not of a sequential
/// outcome.
double p_value(const Demand& demand);

}  // namespace hearsay::verdict
