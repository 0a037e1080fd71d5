#include "verdict/sample.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "base/check.hpp"
#include "verdict/verdict.hpp"

namespace hearsay::verdict {
namespace {

std::optional<Duration> wanted_within(const Condition& condition) {
  if (condition.quantile > 0 && condition.comparison == Comparison::at_most)
    return static_cast<Duration>(condition.bound);
  if (condition.metric == Metric::commit_rate && condition.comparison == Comparison::at_least)
    return condition.within;
  return {};
}

}  // namespace

Sample sample_of(const measure::Outcome& outcome, const std::vector<Duration>& bounds) {
  HEARSAY_CHECK(!outcome.interrupted && outcome.versions.size() % outcome.runs == 0,
                "every run has published all its versions");
  Sample sample{.seed = outcome.seed,
                .runs = outcome.runs,
                .versions = outcome.versions.size() / outcome.runs,
                .unit = outcome.unit};
  sample.committed.reserve(sample.trials());
  sample.sent.resize(sample.runs);
  sample.learnings.resize(sample.runs);
  for (const Duration bound : bounds) sample.within[bound].reserve(sample.trials());
  for (const measure::VersionRecord& version : outcome.versions) {
    sample.committed.push_back(version.end == measure::End::committed);
    for (auto& [bound, in_time] : sample.within) in_time.push_back(version.latency() <= bound);
    sample.sent.at(version.run) += version.sent;
    sample.learnings[version.run] += version.learnings;
  }
  return sample;
}

std::vector<Duration> judged_bounds(const scenario::Scenario& scenario) {
  std::vector<Duration> bounds;
  for (const Condition& condition : conditions(scenario))
    if (const auto bound = wanted_within(condition)) bounds.push_back(*bound);
  std::sort(bounds.begin(), bounds.end());
  bounds.erase(std::unique(bounds.begin(), bounds.end()), bounds.end());
  return bounds;
}

}  // namespace hearsay::verdict
