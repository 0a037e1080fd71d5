#pragma once

#include <vector>

namespace hearsay::verdict {

/// p-values adjusted for there being several, in the order given: rejecting all whose adjusted value is at
/// most a rejects a true hypothesis, any at all, with probability at most a, however they hang together.
/// Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scand. J. Statist. 6 (1979),
/// 65-70.
std::vector<double> adjust_by_holm(const std::vector<double>& p_values);

}  // namespace hearsay::verdict
