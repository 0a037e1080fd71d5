#include "verdict/sprt.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <vector>

namespace hearsay::verdict {
namespace {

constexpr Hypotheses kRegression = {.good = 0.99, .bad = 0.95, .false_alarm = 1e-4, .miss = 0.05};
constexpr Hypotheses kLoose = {.good = 0.9, .bad = 0.7, .false_alarm = 0.05, .miss = 0.1};

struct Course {
  double good = 0;
  double bad = 0;
  double trials = 0;  ///< on average
};

/// What becomes of a system of chance p, by exact sums over all paths; those still going after `most` trials
/// count as neither.
Course course(const Sprt& test, double p, std::uint64_t most) {
  Course course;
  std::vector<double> going = {1};  // by successes
  for (std::uint64_t n = 1; n <= most; ++n) {
    for (const double chance : going) course.trials += chance;
    going.push_back(0);
    for (std::uint64_t k = n + 1; k-- > 0;) {
      going[k] = going[k] * (1 - p) + (k > 0 ? going[k - 1] * p : 0);
      const Sprt::Decision decision = test.decide(k, n);
      if (decision == Sprt::Decision::none) continue;
      (decision == Sprt::Decision::good ? course.good : course.bad) += going[k];
      going[k] = 0;
    }
  }
  return course;
}

TEST(Sprt, ErrsAboutAsOftenAsAsked) {
  for (const Hypotheses& asked : {kRegression, kLoose}) {
    const Sprt test(asked);
    EXPECT_LE(course(test, asked.good, 2000).bad, asked.false_alarm / (1 - asked.miss));
    EXPECT_LE(course(test, asked.bad, 2000).good, asked.miss / (1 - asked.false_alarm));
  }
}

TEST(Sprt, AlwaysEnds) {
  for (const double p : {0.9, 0.8, 0.7}) {
    const Course ended = course(Sprt(kLoose), p, 2000);
    EXPECT_NEAR(ended.good + ended.bad, 1, 1e-9);
  }
}

TEST(Sprt, TakesTheErrorsAtTheHypotheses) {
  for (const Hypotheses& asked : {kRegression, kLoose}) {
    EXPECT_NEAR(Sprt(asked).taken_for_good(asked.good), 1 - asked.false_alarm, 1e-9);
    EXPECT_NEAR(Sprt(asked).taken_for_good(asked.bad), asked.miss, 1e-9);
  }
}

// 410 trials are what a fixed number takes for these errors.
TEST(Sprt, IsQuickOnAverage) {
  EXPECT_NEAR(course(Sprt(kRegression), 0.99, 2000).trials, 121, 1);
  EXPECT_NEAR(course(Sprt(kRegression), 0.95, 2000).trials, 221, 1);
}

// Wald's formulas neglect the last step, which is up to ln 3 = 1.1 on the way to limits of 2.3 and 2.9.
TEST(Sprt, FormulasComeNearTheExactFigures) {
  for (const double p : {0.95, 0.9, 0.8, 0.7, 0.6}) {
    const Course exact = course(Sprt(kLoose), p, 2000);
    EXPECT_NEAR(Sprt(kLoose).taken_for_good(p), exact.good, 0.04) << p;
    EXPECT_NEAR(Sprt(kLoose).expected_trials(p) / exact.trials, 1, 0.25) << p;
  }
}

RC_GTEST_PROP(Sprt, ABetterSystemIsTakenForGoodMoreOften, ()) {
  const double p = *rc::gen::inRange(1, 998) / 1000.0;
  RC_ASSERT(Sprt(kLoose).taken_for_good(p) <= Sprt(kLoose).taken_for_good(p + 0.001));
}

// Where a trial tells nothing on average the formulas have a form of their own; near it they must join.
TEST(Sprt, FormulasAreSmoothWhereNothingIsTold) {
  const double middle = 0.8117;  // of kLoose, within 1e-4
  EXPECT_NEAR(Sprt(kLoose).expected_trials(middle - 0.001), Sprt(kLoose).expected_trials(middle + 0.001),
              0.2);
  EXPECT_NEAR(Sprt(kLoose).taken_for_good(middle), 0.56, 0.02);
}

}  // namespace
}  // namespace hearsay::verdict
