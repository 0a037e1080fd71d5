#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "scenario/text.hpp"
#include "scenario/units.hpp"
#include "verdict/during.hpp"
#include "verdict/evidence.hpp"
#include "verdict/facts.hpp"
#include "verdict/rate_judge.hpp"
#include "verdict/verdict.hpp"

namespace hearsay::verdict {
namespace {

using measure::Outcome;
using measure::Summary;
using scenario::Expectation;
using scenario::Scenario;

bool holds(double observed, Comparison comparison, double bound) {
  switch (comparison) {
    case Comparison::at_least:
      return observed >= bound;
    case Comparison::at_most:
      return observed <= bound;
    case Comparison::above:
      return observed > bound;
    case Comparison::below:
      return observed < bound;
    case Comparison::equal:
      break;
  }
  return observed == bound;
}

/// As the JSON has it.
std::optional<double> shown(const Condition& condition, double observed) {
  if (!condition.is_time()) return observed;
  return std::isinf(observed) ? std::nullopt : std::optional(observed / kMillisecond);
}

std::string_view why_infinite(const Condition& condition) {
  return condition.metric == Metric::recovery
             ? "nodes that were up never came to hold all that was published before the faults healed"
             : "a version was lost";
}

std::string in_words(const Condition& condition, double observed) {
  if (std::isinf(observed)) return fmt::format("infinite, since {}", why_infinite(condition));
  if (condition.is_time()) return scenario::format_duration(static_cast<Duration>(observed));
  if (condition.metric == Metric::coverage) return scenario::format_share(observed);
  return fmt::format("{:.15g}", observed);
}

/// Whether the rest of an interrupted run could still make a failing fact hold.
bool may_turn(const Condition& condition, double observed) {
  const Course course = course_of(condition);
  if (course == Course::free) return true;
  const bool too_low = observed < condition.bound || condition.comparison == Comparison::above;
  return too_low == (course == Course::rising);
}

std::string why_unobserved(const Condition& condition, const Outcome& outcome) {
  if (condition.metric != Metric::recovery) return "no version has settled";
  if (outcome.runs == 1) return "the run ended before the faults had healed";
  return fmt::format("{} of {} runs ended before the faults had healed", outcome.recovery->unhealed,
                     outcome.runs);
}

void judge_fact(const Condition& condition, const Outcome& outcome, const Summary& summary, Judged& judged) {
  const std::optional<double> observed = observed_fact(condition, outcome, summary);
  if (!observed) {
    judged.why = why_unobserved(condition, outcome);
    return;
  }
  judged.observed = shown(condition, *observed);
  judged.why = "it is " + in_words(condition, *observed);
  if (holds(*observed, condition.comparison, condition.bound)) {
    judged.verdict = Verdict::pass;
  } else if (outcome.interrupted && may_turn(condition, *observed)) {
    judged.why += " so far";
  } else {
    judged.verdict = Verdict::fail;
  }
}

void judge_condition(const Condition& condition, const Outcome& outcome, const Summary& summary,
                     Judged& judged) {
  (condition.is_rate() ? judge_rate : judge_fact)(condition, outcome, summary, judged);
}

void judge_phase(const Scenario& scenario, const Condition& condition, const Outcome& outcome,
                 Judged& judged) {
  const Part part = part_during(judged.during, scenario, outcome);
  if (part.outcome.versions.empty() && !counts_messages(condition))
    judged.why = fmt::format("no version was published during {}", scenario::quote(judged.during));
  else
    judge_condition(condition, part.outcome, part.summary, judged);
}

Judged judge_one(const Scenario& scenario, std::size_t index, const Condition& condition,
                 const Outcome& outcome, const Summary& summary, const JudgeOptions& options) {
  const Expectation& expectation = scenario.expectations[index];
  Judged judged;
  judged.that = expectation.that;
  judged.confidence = expectation.confidence;
  judged.during = expectation.during;
  judged.severity = expectation.severity;
  if (condition.is_rate() && !options.alphas.empty()) judged.alpha = options.alphas.at(index);
  const double miss = 1 - judged.confidence;
  if (expectation.indifference)
    judged.test = {*expectation.indifference, judged.alpha.value_or(miss), miss, {}};
  if (!judged.during.empty())
    judge_phase(scenario, condition, outcome, judged);
  else
    judge_condition(condition, outcome, summary, judged);
  return judged;
}

/// Rates and latencies that a late machine made worthless. Returns whether there are any that are more than
/// warnings.
bool discard_timed(const std::vector<Condition>& conditions, std::vector<Judged>& judged) {
  bool any = false;
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    if (!conditions[i].is_rate() && !conditions[i].is_time()) continue;
    any |= judged[i].severity == scenario::Severity::fail;
    judged[i].verdict = Verdict::inconclusive;
    judged[i].why = "the machine was too late to tell";
  }
  return any;
}

std::string interruption(const Summary& summary) {
  if (summary.open == 0) return "interrupted before its end";
  return fmt::format("interrupted: {} of {} versions published could not be judged", summary.open,
                     summary.published);
}

Verdict worst(const Judgement& judgement) {
  const bool sound = judgement.reasons.empty() && judgement.bugs.empty();
  Verdict verdict = sound ? Verdict::pass : Verdict::inconclusive;
  for (const Judged& judged : judgement.expectations)
    if (judged.severity == scenario::Severity::fail) verdict = std::min(verdict, judged.verdict);
  return verdict;
}

}  // namespace

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
      return "pass";
    case Verdict::fail:
      return "fail";
    case Verdict::inconclusive:
      break;
  }
  return "inconclusive";
}

std::vector<Condition> conditions(const Scenario& scenario) {
  const std::vector<std::string> faults = names(scenario.faults);
  std::vector<Condition> all;
  for (const Expectation& expectation : scenario.expectations) {
    all.push_back(parse_condition(expectation.that, expectation.where, faults));
  }
  return all;
}

bool rates_decided(const Scenario& scenario, const Outcome& outcome, const JudgeOptions& options) {
  const std::vector<Condition> expected = conditions(scenario);
  const Summary summary = measure::summarize(outcome);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (!expected[i].is_rate()) continue;
    const Judged judged = judge_one(scenario, i, expected[i], outcome, summary, options);
    if (judged.verdict == Verdict::inconclusive) return false;
  }
  return true;
}

Judgement judge(const Scenario& scenario, const Outcome& outcome, const JudgeOptions& options) {
  const std::vector<Condition> expected = conditions(scenario);
  const Summary summary = measure::summarize(outcome);
  Judgement judgement;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    judgement.expectations.push_back(judge_one(scenario, i, expected[i], outcome, summary, options));
  }
  if (outcome.interrupted) judgement.reasons.push_back(interruption(summary));
  const auto late = machine_too_late(scenario, expected, outcome.lag, options.max_lag);
  if (late && discard_timed(expected, judgement.expectations)) judgement.reasons.push_back(*late);
  for (std::string& reason : faults_without_hit(scenario, outcome)) {
    judgement.reasons.push_back(std::move(reason));
  }
  judgement.bugs = faults_off_their_chance(outcome);
  judgement.verdict = worst(judgement);
  return judgement;
}

}  // namespace hearsay::verdict
