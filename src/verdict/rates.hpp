#pragma once

// How often versions commit within a time, and how sure that is.

#include <cstdint>
#include <optional>
#include <string>

#include "base/time.hpp"
#include "measure/outcome.hpp"
#include "verdict/betting.hpp"
#include "verdict/intervals.hpp"

namespace hearsay::verdict {

/// The rate at which the settled versions of an outcome commit within a time. Where versions are independent,
/// each is a trial, with the exact limits of a chance. Where they share something, each run is one
/// observation, its own share of commits, with limits of the expectation of such shares by betting. Where
/// runs were added until they were enough, the limits of a chance are those that bear being looked at at any
/// time; bets bear it anyway.
class CommitRate {
 public:
  /// Counts versions whose latency is at most `within`; kNever - 1 takes in every committed one.
  explicit CommitRate(const measure::Outcome& outcome, Duration within = kNever - 1);

  std::uint64_t versions() const { return versions_; }
  std::uint64_t committed() const { return committed_; }
  std::uint64_t runs() const { return shares_.count(); }  ///< with a settled version
  measure::Unit unit() const { return unit_; }

  /// Over all versions of all runs; nothing if none has settled.
  std::optional<double> value() const;

  /// One-sided limits.
  double low(double confidence) const;
  double high(double confidence) const;
  Interval two_sided(double confidence) const;

  /// How many more units (versions, or runs), all of whose versions commit in time, would lift the lower
  /// limit to `bound`; with none that do, would push the upper limit down to it. Nothing: no number would.
  std::optional<std::uint64_t> more_to_show_at_least(double bound, double confidence) const;
  std::optional<std::uint64_t> more_to_show_at_most(double bound, double confidence) const;

  /// p-values: of the rate's being `rate` or more, and `rate` or less. Not of a sequential outcome.
  double chance_of_so_few(double rate) const;
  double chance_of_so_many(double rate) const;

 private:
  std::uint64_t more_successes(std::uint64_t successes, double bound, double confidence) const;

  measure::Unit unit_;
  bool sequential_;
  std::uint64_t versions_ = 0;
  std::uint64_t committed_ = 0;
  BettedMean shares_;  // of commits, of the runs
};

}  // namespace hearsay::verdict
