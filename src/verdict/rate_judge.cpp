#include "verdict/rate_judge.hpp"

namespace hearsay::verdict {
namespace {

using measure::Outcome;
using measure::Summary;

void observe(const Condition& condition, const Demand& demanded, const Summary& summary, Judged& judged) {
  if (condition.quantile > 0) {
    if (const auto latency = measure::latency(summary, condition.quantile))
      judged.observed = milliseconds(*latency);
  } else {
    judged.observed = demanded.rate.value();
    judged.interval = demanded.rate.two_sided(judged.confidence);
  }
}

void judge_by_wald(const Demand& demanded, const Outcome& outcome, Judged& judged) {
  if (demanded.rate.unit() == measure::Unit::run) {
    judged.why =
        "the versions of a run share what faults or protocol drew, so that \"indifference\" cannot take each "
        "of them for a trial";
    return;
  }
  const WaldFinding finding = test_by_wald(demanded, outcome, terms_of(judged));
  judged.verdict = finding.verdict;
  judged.why = explain(finding, demanded, terms_of(judged));
  if (finding.verdict != Verdict::inconclusive) judged.test->versions = finding.trials;
}

}  // namespace

Errors errors_of(const Judged& judged) {
  return {judged.confidence, judged.alpha.value_or(1 - judged.confidence)};
}

WaldTerms terms_of(const Judged& judged) {
  return {judged.test->indifference, judged.test->false_alarm, judged.test->miss};
}

void judge_rate(const Condition& condition, const Outcome& outcome, const Summary& summary, Judged& judged) {
  const Demand demanded = demand(condition, outcome);
  observe(condition, demanded, summary, judged);
  if (judged.test) return judge_by_wald(demanded, outcome, judged);
  judged.verdict = judge(demanded, errors_of(judged));
  judged.why = explain(demanded, errors_of(judged), judged.verdict);
}

}  // namespace hearsay::verdict
