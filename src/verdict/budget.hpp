#pragma once

// One budget of false alarms for all results of a command: the probability that any rate fails which is as
// good as expected.

#include <cstddef>
#include <optional>
#include <vector>

#include "base/time.hpp"
#include "measure/outcome.hpp"
#include "scenario/scenario.hpp"

namespace hearsay::verdict {

/// How many of the expectations are of rates. Throws InputError for one that cannot be read.
std::size_t count_rates(const scenario::Scenario& scenario);

/// A result that is to be judged.
struct Measured {
  const scenario::Scenario* scenario;
  const measure::Outcome* outcome;
  std::optional<Duration> max_lag = {};
};

/// The error that each expectation may fail with, result by result, where all rates together may with
/// `alpha`: by Holm, who gives more to one the more of them have failed already. `rates`: how many there are
/// in all, also in scenarios that gave no result. Of outcomes whose number of runs was fixed beforehand.
std::vector<std::vector<double>> split_by_holm(const std::vector<Measured>& results, std::size_t rates,
                                               double alpha);

}  // namespace hearsay::verdict
