#include "tests/support/uniformity.hpp"

#include <algorithm>
#include <numeric>

#include "tests/support/exact_binomial.hpp"

namespace hearsay::testing {

double uniform_p_value(const std::vector<std::uint64_t>& counts) {
  const std::uint64_t draws = std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
  const auto outcomes = static_cast<double>(counts.size());
  const auto [least, most] = std::minmax_element(counts.begin(), counts.end());
  const double p_value =
      std::min(two_sided_p_value(*least, draws, 1 / outcomes), two_sided_p_value(*most, draws, 1 / outcomes));
  return std::min(1.0, p_value * outcomes);
}

}  // namespace hearsay::testing
