#pragma once

// What values within 0..1 of any distribution tell of their expectation, by betting.
//
// To learn whether the expectation exceeds m, bet on each value that it does: a capital of 1 is multiplied by
// 1 + f (x / m - 1), where f in (0, 1] is the share of it that is at stake. Should the expectation be m or
// less, the capital is not expected to grow, and by Ville's inequality it ever reaches 1/a with probability
// at most a. So the values m at which it did are ruled out with an error of at most a, whenever one stops.
// The capital starts split over stakes that stay the same, half of it on f = 1. Hence the order of the values
// does not matter; variance is found out by the stakes that win. Values that are all 1 cost ln 2 more of
// evidence than a chance's exact limits.
// Source: I. Waudby-Smith, A. Ramdas, "Estimating means of bounded random variables by betting", J. R.
// Statist. Soc. B 86 (2024), 1-27: capital processes, and Kelly bets diversified over constant stakes.

#include <cstddef>
#include <cstdint>
#include <map>

#include "verdict/intervals.hpp"

namespace hearsay::verdict {

/// Takes values one at a time. At whatever number one stops, limits err with at most their stated
/// probability, as long as each value has the same expectation given all that were taken before it.
class BettedMean {
 public:
  /// 0 <= value <= 1.
  void add(double value, std::uint64_t times = 1);

  std::uint64_t count() const { return count_; }
  double mean() const;  ///< 0 if there is no value

  /// One-sided limits; 0 < confidence < 1. They enclose the mean; without values they are 0 and 1.
  double low(double confidence) const;
  double high(double confidence) const;

  /// Both, each at (1 + confidence) / 2.
  Interval two_sided(double confidence) const;

  /// Log of the capital of bets that the expectation is above (below) `m`, 0 < m < 1. exp(-this), if less
  /// than 1, is a p-value for its being `m` or less (more) that allows for looking early.
  double evidence_above(double m) const;
  double evidence_below(double m) const;

  /// How many further values of 1 would make the lower limit reach `bound`; 0 <= bound < 1. And of 0, the
  /// upper one come down to it; 0 < bound <= 1.
  std::uint64_t ones_to_show_above(double bound, double confidence) const;
  std::uint64_t zeros_to_show_below(double bound, double confidence) const;

 private:
  BettedMean mirrored() const;

  std::map<double, std::uint64_t> values_;  // each with how often it came
  std::uint64_t count_ = 0;
};

}  // namespace hearsay::verdict
