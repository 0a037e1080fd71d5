#pragma once

// Two systems that did the same work under the same draws: trial by trial, which of them succeeded.

#include <cstdint>

#include "verdict/intervals.hpp"

namespace hearsay::verdict {

/// The pairs of outcomes of `count` independent trials. Those that ended alike say nothing of a difference.
struct Pairs {
  std::uint64_t count = 0;
  std::uint64_t gained = 0;  ///< the first failed, the second succeeded
  std::uint64_t lost = 0;    ///< the first succeeded, the second failed

  Pairs& operator+=(const Pairs& other);
};

/// The exact one-sided test of McNemar: the probability of at least so many losses among the trials that
/// ended unlike, were the second system no worse; `gain_p_value`: of at least so many gains, were it no
/// better.
/// Source: Q. McNemar, "Note on the sampling error of the difference between correlated proportions or
/// percentages", Psychometrika 12 (1947), 153-157, with the binomial law in place of its approximation.
double loss_p_value(const Pairs& pairs);
double gain_p_value(const Pairs& pairs);

/// Limits on the second system's chance of success less the first's, within -1..1, that err with probability
/// at most 1 - confidence, whatever the chances; -1..1 without trials.
///
/// The difference is s (2 g - 1), s the chance that a trial ends unlike and g that one which does is a gain.
/// Given the number that ended unlike, gains are binomial, so g has exact limits (Clopper and Pearson); so
/// has s. Nine tenths of the error go to g, which alone decides the sign.
Interval difference(const Pairs& pairs, double confidence);

}  // namespace hearsay::verdict
