#pragma once

// One expectation of a rate, judged by limits or by Wald's test.

#include "verdict/demand.hpp"
#include "verdict/verdict.hpp"
#include "verdict/wald.hpp"

namespace hearsay::verdict {

/// How `judged`, which has its confidence, its alpha and its test, asks to be judged.
Errors errors_of(const Judged& judged);
WaldTerms terms_of(const Judged& judged);

/// `condition` must be of a rate. Adds to `judged` what was observed, the verdict, and why.
void judge_rate(const Condition& condition, const measure::Outcome& outcome, const measure::Summary& summary,
                Judged& judged);

}  // namespace hearsay::verdict
