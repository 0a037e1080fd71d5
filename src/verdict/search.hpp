#pragma once

// Where a condition begins to hold.

#include <cstdint>

namespace hearsay::verdict {

/// The least count that `reaches`, which holds from some count on; gives up at 2^53, where counts as doubles
/// end.
template <typename Reaches>
std::uint64_t least_count(const Reaches& reaches) {
  if (reaches(std::uint64_t{0})) return 0;
  std::uint64_t reached = 1;
  while (reached < std::uint64_t{1} << 53 && !reaches(reached)) reached *= 2;
  std::uint64_t missed = reached / 2;
  while (reached - missed > 1) {
    const std::uint64_t middle = missed + (reached - missed) / 2;
    (reaches(middle) ? reached : missed) = middle;
  }
  return reached;
}

/// The last value of below..above, to the last bit, before `passed` holds; it must not hold at `below`, and
/// once it holds it must go on to.
template <typename Passed>
double last_before(double below, double above, const Passed& passed) {
  for (double middle = below + (above - below) / 2; below < middle && middle < above;
       middle = below + (above - below) / 2) {
    (passed(middle) ? above : below) = middle;
  }
  return below;
}

}  // namespace hearsay::verdict
