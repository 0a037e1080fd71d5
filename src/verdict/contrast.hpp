#pragma once

// How much more, or less, of their versions commit under one setting than under another that did the same
// work under the same draws.

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "measure/outcome.hpp"
#include "verdict/intervals.hpp"

namespace hearsay::verdict {

/// One result against another, pair by pair: versions of the same number in runs of the same number. Where
/// the versions of a run share what was drawn, in either, the runs are the pairs.
struct Contrast {
  double difference = 0;      ///< of the commit rates, over all pairs; 0 if there is none
  Interval interval{-1, 1};   ///< of the expected difference, two-sided
  double better_p_value = 1;  ///< one-sided: of such a gain, were it no better
  double worse_p_value = 1;   ///< of such a loss, were it no worse

  /// Two-sided: of a difference as great, were there none.
  double p_value() const;
};

/// Of `other` against `reference`. Versions count that have settled in both.
Contrast contrast(const measure::Outcome& reference, const measure::Outcome& other, double confidence);

/// What the evidence carries.
enum class Standing { better, worse, undecided };

std::string_view to_string(Standing standing);

struct Placing {
  double adjusted_p_value = 1;  ///< by Holm, over all contrasts of a comparison
  Standing standing = Standing::undecided;
};

/// Judges contrasts with one reference together: that any of them is called better or worse which is not has
/// probability at most 1 - confidence.
std::vector<Placing> judge_together(const std::vector<Contrast>& contrasts, double confidence);

/// The one of `outcomes` that is better than every other one, where the evidence carries that; that it names
/// one which is not has probability at most 1 - confidence.
std::optional<std::size_t> winner(const std::vector<const measure::Outcome*>& outcomes, double confidence);

}  // namespace hearsay::verdict
