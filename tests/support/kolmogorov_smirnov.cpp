#include "tests/support/kolmogorov_smirnov.hpp"

#include <algorithm>
#include <cmath>

namespace hearsay::testing {

double kolmogorov_smirnov_p_value(std::vector<double> sample,
                                  const std::function<double(double)>& distribution) {
  std::sort(sample.begin(), sample.end());
  const auto draws = static_cast<double>(sample.size());
  double farthest = 0;
  double below = 0;
  for (const double value : sample) {
    const double expected = distribution(value);
    farthest = std::max({farthest, expected - below / draws, (below + 1) / draws - expected});
    ++below;
  }
  return std::min(1.0, 2 * std::exp(-2 * draws * farthest * farthest));
}

}  // namespace hearsay::testing
