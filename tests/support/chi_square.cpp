#include "tests/support/chi_square.hpp"

#include <cmath>
#include <numeric>
#include <stdexcept>

namespace hearsay::testing {

double chi_square_p_value(const std::vector<std::uint64_t>& counts, const std::vector<double>& shares) {
  if (counts.size() != shares.size() || counts.size() % 2 == 0)
    throw std::invalid_argument("an odd number of kinds is needed");
  const auto draws = static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}));
  double statistic = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double expected = draws * shares[i];
    if (expected < 100) throw std::invalid_argument("too few are expected of one kind");
    const double off = static_cast<double>(counts[i]) - expected;
    statistic += off * off / expected;
  }
  double term = std::exp(-statistic / 2);
  double tail = term;
  for (std::size_t i = 1; i < counts.size() / 2; ++i) {
    term *= statistic / 2 / static_cast<double>(i);
    tail += term;
  }
  return tail;
}

}  // namespace hearsay::testing
