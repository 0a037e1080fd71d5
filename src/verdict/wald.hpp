#pragma once

// Demands judged by Wald's sequential test instead of limits.

#include <cstdint>
#include <string>

#include "measure/outcome.hpp"
#include "verdict/demand.hpp"
#include "verdict/verdict.hpp"

namespace hearsay::verdict {

/// How a demand is tested: a rate that is as good as demanded against one that is as bad as `indifference`,
/// or worse. What is between the two may pass or fail.
struct WaldTerms {
  double
      indifference;    ///< on the bad side of the demand's bound, both of them within 0..1 and neither an end
  double false_alarm;  ///< a good one fails with at most this probability,
  double miss;         ///< and a bad one passes; each above 0 and below 1
};

/// What came of it.
struct WaldFinding {
  Verdict verdict = Verdict::inconclusive;
  std::uint64_t trials = 0;     ///< versions it took; while nothing is decided, all that have settled
  std::uint64_t committed = 0;  ///< of these, in time
  double p_value = 1;           ///< of a good rate; it allows for looking after every version
};

/// One looks after every version that has settled, in the order of runs and of publishing; the first decision
/// stands, however many versions came after. The versions must be independent of each other.
WaldFinding test_by_wald(const Demand& demand, const measure::Outcome& outcome, const WaldTerms& terms);

/// One sentence on it, with its error rates; for an inconclusive one, what would decide it.
std::string explain(const WaldFinding& finding, const Demand& demand, const WaldTerms& terms);

}  // namespace hearsay::verdict
