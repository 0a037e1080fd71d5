// How often systems exactly at their bound are judged wrongly. Where the law of what is observed is known,
// the chance of a wrong verdict is summed exactly over all that can be observed: no false alarm.

#include <gtest/gtest.h>

#include <random>

#include "tests/verdict/binomial.hpp"
#include "tests/verdict/samples.hpp"
#include "verdict/intervals.hpp"

namespace hearsay::verdict {
namespace {

struct WrongVerdicts {
  long double pass = 0;
  long double fail = 0;
};

/// Of `n` independent versions that commit with chance `bound`, judged by `commit_rate >= bound`.
WrongVerdicts at_the_bound(std::uint64_t n, double bound, double confidence) {
  WrongVerdicts wrong;
  const std::vector<long double> chance = binomial(n, bound);
  for (std::uint64_t k = 0; k <= n; ++k) {
    if (lower_limit(k, n, confidence) >= bound) wrong.pass += chance[k];
    if (upper_limit(k, n, confidence) < bound) wrong.fail += chance[k];
  }
  return wrong;
}

TEST(ErrorRates, OfVersionsNeverExceedTheStatedOne) {
  for (const double bound : {0.5, 0.9, 0.99}) {
    for (const double confidence : {0.8, 0.95, 0.999}) {
      for (const std::uint64_t n : {1U, 2U, 5U, 20U, 21U, 50U, 99U, 100U, 299U, 300U, 500U}) {
        const WrongVerdicts wrong = at_the_bound(n, bound, confidence);
        EXPECT_LE(static_cast<double>(wrong.pass), (1 - confidence) * (1 + 1e-9)) << n << " at " << bound;
        EXPECT_LE(static_cast<double>(wrong.fail), (1 - confidence) * (1 + 1e-9)) << n << " at " << bound;
      }
    }
  }
}

// Limits that never decide would err never, too. With 500 versions there are enough outcomes for the error to
// come near what is allowed.
TEST(ErrorRates, OfVersionsAreNotWasted) {
  const WrongVerdicts wrong = at_the_bound(500, 0.5, 0.95);
  EXPECT_GT(static_cast<double>(wrong.pass), 0.04);
  EXPECT_GT(static_cast<double>(wrong.fail), 0.04);
}

// 2,000 simulated results of 100 versions that commit with chance 0.9 exactly. If each were wrong with the
// full 5 %, more than 175 of one sort would come up with probability below 1e-10 (Chernoff: exp(-2000
// KL(0.0875 || 0.05))). The seed is fixed: no alarm comes and goes.
TEST(ErrorRates, OfSimulatedSystemsThroughTheWholeJudge) {
  std::mt19937_64 random(7);
  const scenario::Scenario scenario = expecting({"commit_rate >= 90%"});
  int passed = 0;
  int failed = 0;
  for (int system = 0; system < 2000; ++system) {
    std::uint64_t committed = 0;
    for (int version = 0; version < 100; ++version) committed += random() % 10 != 0 ? 1U : 0U;
    const Verdict verdict = judge(scenario, outcome_of(committed, 100 - committed)).verdict;
    passed += verdict == Verdict::pass ? 1 : 0;
    failed += verdict == Verdict::fail ? 1 : 0;
  }
  EXPECT_LE(passed, 175);
  EXPECT_LE(failed, 175);
  EXPECT_GT(passed, 0);
  EXPECT_GT(failed, 0);
}

}  // namespace
}  // namespace hearsay::verdict
