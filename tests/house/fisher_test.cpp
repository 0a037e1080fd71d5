#include "tests/support/fisher.hpp"

#include <gtest/gtest.h>

#include <bit>

#include "tests/support/exact_binomial.hpp"

namespace hearsay::testing {
namespace {

unsigned successes_among_first(unsigned trials, unsigned n1) {
  return static_cast<unsigned>(std::popcount(trials & ((1U << n1) - 1)));
}

/// All ways in which n1 + n2 trials can have this many successes, counted one by one.
double counted_p_value(unsigned k1, unsigned n1, unsigned k2, unsigned n2) {
  std::uint64_t ways[32] = {};
  std::uint64_t all = 0;
  for (unsigned trials = 0; trials < 1U << (n1 + n2); ++trials) {
    if (std::popcount(trials) != static_cast<int>(k1 + k2)) continue;
    ++ways[successes_among_first(trials, n1)];
    ++all;
  }
  std::uint64_t as_unlikely = 0;
  for (const std::uint64_t way : ways)
    if (way <= ways[k1]) as_unlikely += way;
  return static_cast<double>(as_unlikely) / static_cast<double>(all);
}

TEST(Fisher, TheLadyTastingTea) {
  EXPECT_DOUBLE_EQ(fisher_p_value(4, 4, 0, 4), 2.0 / 70);
  EXPECT_DOUBLE_EQ(fisher_p_value(3, 4, 1, 4), 34.0 / 70);
  EXPECT_DOUBLE_EQ(fisher_p_value(2, 4, 2, 4), 1);
}

TEST(Fisher, AgreesWithCounting) {
  for (const auto& [n1, n2] : {std::pair{1U, 1U}, {3U, 5U}, {6U, 2U}, {7U, 7U}})
    for (unsigned k1 = 0; k1 <= n1; ++k1)
      for (unsigned k2 = 0; k2 <= n2; ++k2)
        EXPECT_NEAR(fisher_p_value(k1, n1, k2, n2), counted_p_value(k1, n1, k2, n2), 1e-12)
            << k1 << " of " << n1 << ", " << k2 << " of " << n2;
}

/// Beside very many trials whose rate is known by their number, it is the binomial test.
TEST(Fisher, BesideManyTrialsItIsTheBinomialTest) {
  EXPECT_NEAR(fisher_p_value(60, 100, 5'000'000, 10'000'000) / two_sided_p_value(60, 100, 0.5), 1, 1e-3);
}

TEST(Fisher, Limits) {
  EXPECT_EQ(fisher_p_value(0, 10, 0, 1'000), 1);
  EXPECT_EQ(fisher_p_value(10, 10, 1'000, 1'000), 1);
  EXPECT_EQ(fisher_p_value(0, 0, 3, 9), 1);
  EXPECT_LT(fisher_p_value(0, 1'000, 1'000, 1'000), 1e-300);
}

}  // namespace
}  // namespace hearsay::testing
