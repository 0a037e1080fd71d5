#include "verdict/prospects.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "verdict/beta.hpp"

namespace hearsay::verdict {
namespace {

Question question(double bound, std::uint64_t trials = 1) {
  return {.bound = bound,
          .at_least = true,
          .errors = Errors::of(0.95),
          .trials = trials,
          .limits = Limits::exact};
}

TEST(Prospects, OfAFlawlessSystemAreThoseOfCleanVersions) {
  EXPECT_EQ(prospect(question(0.99), 1).runs, 299U);
  EXPECT_EQ(prospect(question(0.99, 20), 1).runs, 15U);
  Question sequence = question(0.99);
  sequence.limits = Limits::sequence;
  EXPECT_NEAR(static_cast<double>(prospect(sequence, 1).runs.value()), 380, 3);
  Question betting = question(0.99, 20);
  betting.limits = Limits::betting;
  EXPECT_NEAR(static_cast<double>(prospect(betting, 1).runs.value()), 344, 1) << "runs, whatever is in them";
}

// Exactly: by so many runs the limit shows it with the stated chance, and hardly by fewer.
TEST(Prospects, DecideWithTheStatedChance) {
  for (const double rate : {0.97, 0.98, 0.995}) {
    const Question asked = question(0.95, 10);
    const std::uint64_t runs = prospect(asked, rate).runs.value();
    EXPECT_GE(chance_to_show(rate, 0.95, 0.95, 10 * runs), 0.999);
    EXPECT_LT(chance_to_show(rate, 0.95, 0.95, 10 * runs * 9 / 10), 0.999);
  }
}

TEST(Prospects, BadSystemsFailAndOnesAtTheBoundAreNeverDecided) {
  EXPECT_EQ(prospect(question(0.99), 0.9).verdict, Verdict::fail);
  EXPECT_EQ(prospect(question(0.99), 1).verdict, Verdict::pass);
  EXPECT_FALSE(prospect(question(0.99), 0.99).runs);
}

TEST(Prospects, ASmallerAlphaTakesMoreToFailAndNoMoreToPass) {
  Question strict = question(0.9);
  strict.errors.alpha = 1e-6;
  EXPECT_GT(prospect(strict, 0.8).runs.value(), 2 * prospect(question(0.9), 0.8).runs.value());
  EXPECT_EQ(prospect(strict, 0.97).runs, prospect(question(0.9), 0.97).runs);
}

TEST(Prospects, AreMirroredWhereTheRateShouldBeSmall) {
  Question most = question(0.05);
  most.at_least = false;
  EXPECT_EQ(prospect(most, 0.01).runs, prospect(question(0.95), 0.99).runs);
  EXPECT_EQ(prospect(most, 0.1).verdict, Verdict::fail);
}

TEST(Prospects, GoFromTheBestSystemToBadOnes) {
  const std::vector<Prospect> all = prospects(question(0.99));
  ASSERT_FALSE(all.empty());
  EXPECT_EQ(all.front().rate, 1);
  EXPECT_EQ(all.back().verdict, Verdict::fail);
  for (std::size_t i = 1; i < all.size(); ++i) EXPECT_LT(all[i].rate, all[i - 1].rate);
  for (const Prospect& one : all) EXPECT_TRUE(one.runs) << one.rate;
}

TEST(Prospects, WaldsTestDecidesEvenAtTheBound) {
  Question wald = question(0.99);
  wald.test = WaldTerms{.indifference = 0.95, .false_alarm = 0.05, .miss = 0.05};
  EXPECT_TRUE(prospect(wald, 0.99).runs);
  EXPECT_EQ(prospect(wald, 0.97).verdict, Verdict::inconclusive);
  EXPECT_EQ(prospect(wald, 0.95).verdict, Verdict::fail);
  EXPECT_LT(prospect(wald, 1).runs.value(), prospect(question(0.99), 1).runs.value());
}

RC_GTEST_PROP(Prospects, ABetterSystemPassesSooner, ()) {
  const double bound = *rc::gen::inRange(50, 95) / 100.0;
  const double rate = bound + (1 - bound) * *rc::gen::inRange(30, 90) / 100.0;
  const double better = rate + (1 - rate) * 0.5;
  for (const Limits limits : {Limits::exact, Limits::sequence, Limits::betting}) {
    Question asked = question(bound);
    asked.limits = limits;
    // One more failure that is allowed may cost a trial or two: the numbers go by steps.
    RC_ASSERT(prospect(asked, better).runs.value() <= prospect(asked, rate).runs.value() + 2);
  }
}

}  // namespace
}  // namespace hearsay::verdict
