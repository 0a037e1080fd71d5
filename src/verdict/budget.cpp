#include "verdict/budget.hpp"

#include <algorithm>
#include <numeric>

#include "verdict/during.hpp"
#include "verdict/evidence.hpp"
#include "verdict/rate_judge.hpp"
#include "verdict/verdict.hpp"

namespace hearsay::verdict {
namespace {

using measure::Outcome;
using scenario::Expectation;

double p_value_of(const Condition& condition, const Expectation& expectation, const Outcome& outcome) {
  const Demand demanded = demand(condition, outcome);
  if (!expectation.indifference) return p_value(demanded);
  const double error = 1 - expectation.confidence;
  return test_by_wald(demanded, outcome, {*expectation.indifference, error, error}).p_value;
}

/// A rate, and what speaks against it.
struct Rate {
  std::size_t result;
  std::size_t expectation;
  double p_value;
};

void add_rates(const Measured& measured, std::size_t result, std::vector<Rate>& rates) {
  const std::vector<Condition> all = conditions(*measured.scenario);
  const bool too_late =
      machine_too_late(*measured.scenario, all, measured.outcome->lag, measured.max_lag).has_value();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!all[i].is_rate()) continue;
    const Expectation& expectation = measured.scenario->expectations[i];
    const auto found = [&] {
      if (too_late) return 1.0;
      if (expectation.during.empty()) return p_value_of(all[i], expectation, *measured.outcome);
      return p_value_of(all[i], expectation,
                        part_during(expectation.during, *measured.scenario, *measured.outcome).outcome);
    };
    rates.push_back({result, i, found()});
  }
}

}  // namespace

std::size_t count_rates(const scenario::Scenario& scenario) {
  const std::vector<Condition> all = conditions(scenario);
  return static_cast<std::size_t>(
      std::count_if(all.begin(), all.end(), [](const Condition& condition) { return condition.is_rate(); }));
}

std::vector<std::vector<double>> split_by_holm(const std::vector<Measured>& results, std::size_t rates,
                                               double alpha) {
  std::vector<Rate> found;
  std::vector<std::vector<double>> parts;
  for (std::size_t i = 0; i < results.size(); ++i) {
    add_rates(results[i], i, found);
    parts.emplace_back(results[i].scenario->expectations.size(), alpha);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Rate& a, const Rate& b) { return a.p_value < b.p_value; });
  std::size_t failed = 0;
  for (const Rate& rate : found) {
    const double part = alpha / static_cast<double>(rates - failed);
    parts[rate.result][rate.expectation] = part;
    if (rate.p_value <= part && failed + 1 < rates) ++failed;
  }
  return parts;
}

}  // namespace hearsay::verdict
