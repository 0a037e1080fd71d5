#include "verdict/demand.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenario/units.hpp"

namespace hearsay::verdict {
namespace {

using measure::Unit;
using scenario::format_duration;
using scenario::format_share;

Demand of_quantile(const Condition& condition, const measure::Outcome& outcome) {
  const auto span = static_cast<Duration>(condition.bound);
  if (condition.comparison == Comparison::at_least) {
    return {CommitRate(outcome, span - 1), " in less than " + format_duration(span), false,
            condition.quantile, span - 1};
  }
  return {CommitRate(outcome, span), " within " + format_duration(span), true, condition.quantile, span};
}

/// Too little to judge by: limits of a single run would only hide that it tells nothing of the next.
bool single_run(const CommitRate& rate) { return rate.unit() == Unit::run && rate.runs() == 1; }

/// Limits rounded outward, so that no sentence claims more than was shown.
double outward(double limit, bool down) {
  constexpr double kSteps = 1e5;
  return (down ? std::floor(limit * kSteps) : std::ceil(limit * kSteps)) / kSteps;
}

std::string at_least(double limit) { return "at least " + format_share(outward(limit, true)); }
std::string at_most(double limit) { return "at most " + format_share(outward(limit, false)); }

std::string observation(const Demand& demand) {
  std::string text = fmt::format("{} of {} versions committed{}", demand.rate.committed(),
                                 demand.rate.versions(), demand.in_time);
  if (demand.rate.unit() == Unit::run) text += fmt::format(" in {} runs", demand.rate.runs());
  return text;
}

/// An alpha that is part of a budget may be too small to show as a confidence.
std::string certainty(double alpha) {
  constexpr double kLeastShown = 1e-5;
  if (alpha >= kLeastShown) return format_share(1 - alpha) + " confidence";
  return fmt::format("an error of {:.3g}", alpha);
}

/// The limit that the verdict rests on; while nothing is decided, the one that would have to move.
std::string limit(const Demand& demand, const Errors& errors, Verdict verdict) {
  const bool failed = verdict == Verdict::fail;
  const bool low = demand.at_least != failed;
  const double confidence = failed ? 1 - errors.alpha : errors.confidence;
  return fmt::format("{} at {}",
                     low ? at_least(demand.rate.low(confidence)) : at_most(demand.rate.high(confidence)),
                     certainty(failed ? errors.alpha : 1 - errors.confidence));
}

std::string needed(const Demand& demand) {
  return fmt::format("{} {} needed", demand.at_least ? "at least" : "at most", format_share(demand.bound));
}

std::string deciding(const Demand& demand, double confidence) {
  const auto more = demand.at_least ? demand.rate.more_to_show_at_least(demand.bound, confidence)
                                    : demand.rate.more_to_show_at_most(demand.bound, confidence);
  if (!more) return fmt::format("no number of versions can show {}", format_share(demand.bound));
  const std::uint64_t count = std::max<std::uint64_t>(*more, 1);
  const std::string unit = demand.rate.unit() == Unit::run ? "run" : "version";
  const std::string units = unit + (count == 1 ? "" : "s");
  if (demand.at_least) return fmt::format("{} more clean {} would decide it", count, units);
  return fmt::format("{} more {} without a commit{} would decide it", count, units, demand.in_time);
}

std::string undecided_run(const Demand& demand, double confidence) {
  return fmt::format(
      "{} of {} versions committed{}, but they share what faults or protocol drew, so that one run alone "
      "decides "
      "nothing; {}",
      demand.rate.committed(), demand.rate.versions(), demand.in_time, deciding(demand, confidence));
}

}  // namespace

Demand demand(const Condition& condition, const measure::Outcome& outcome) {
  if (condition.quantile > 0) return of_quantile(condition, outcome);
  const bool at_least = condition.comparison == Comparison::at_least;
  if (!condition.within) return {CommitRate(outcome), "", at_least, condition.bound};
  return {CommitRate(outcome, *condition.within), " within " + format_duration(*condition.within), at_least,
          condition.bound, *condition.within};
}

Verdict judge(const Demand& demand, const Errors& errors) {
  const CommitRate& rate = demand.rate;
  if (rate.versions() == 0 || single_run(rate)) return Verdict::inconclusive;
  if (demand.at_least ? rate.low(errors.confidence) >= demand.bound
                      : rate.high(errors.confidence) <= demand.bound)
    return Verdict::pass;
  const double certain = 1 - errors.alpha;
  if (demand.at_least ? rate.high(certain) < demand.bound : rate.low(certain) > demand.bound)
    return Verdict::fail;
  return Verdict::inconclusive;
}

std::string explain(const Demand& demand, const Errors& errors, Verdict verdict) {
  if (demand.rate.versions() == 0) return "no version has settled";
  if (single_run(demand.rate)) return undecided_run(demand, errors.confidence);
  std::string text = fmt::format("{}: {}", observation(demand), limit(demand, errors, verdict));
  if (verdict != Verdict::pass) text += ", " + needed(demand);
  if (verdict == Verdict::inconclusive) text += "; " + deciding(demand, errors.confidence);
  return text;
}

double p_value(const Demand& demand) {
  if (demand.rate.versions() == 0 || single_run(demand.rate)) return 1;
  return demand.at_least ? demand.rate.chance_of_so_few(demand.bound)
                         : demand.rate.chance_of_so_many(demand.bound);
}

}  // namespace hearsay::verdict
