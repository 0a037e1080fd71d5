#pragma once

// How often the interval of `hearsay limit` has the exact breaking point in it.

#include <cstdint>

namespace hearsay::study {

struct Searches {
  std::uint32_t searches = 200;  ///< each under seeds of its own
  std::uint32_t max_runs = 100;  ///< of each place that is tried
  std::uint32_t jobs = 1;
};

/// Looks for the loss at which `push` among 50 nodes with fanout 3 commits 99 % of its versions, which the
/// exact law tells. Prints how many of the intervals have it, and how wide they are. Returns whether at least
/// 95 % have: that is what each promises; since it allows for all places that a search may try, far more do.
bool run_searches(const Searches& study);

}  // namespace hearsay::study
