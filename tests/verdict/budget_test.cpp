#include "verdict/budget.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/verdict/samples.hpp"
#include "verdict/demand.hpp"
#include "verdict/intervals.hpp"

namespace hearsay::verdict {
namespace {

using ::testing::ElementsAre;

TEST(Budget, CountsRates) {
  EXPECT_EQ(count_rates(expecting({"commit_rate >= 99%", "lost == 0", "commit_latency.p90 <= 5s"})), 2U);
  EXPECT_EQ(count_rates(expecting({})), 0U);
}

// The three rates of 100 versions with 20 lost have the p-values 1e-9 (90 %: of 20 or more lost), 0.56 (80 %)
// and 1 (50 %).
TEST(Budget, HolmGivesMoreTheMoreHaveFailed) {
  const scenario::Scenario scenario =
      expecting({"commit_rate >= 80%", "lost == 0", "commit_rate >= 99%", "commit_rate >= 50%"});
  const measure::Outcome outcome = outcome_of(80, 20);
  EXPECT_THAT(split_by_holm({{&scenario, &outcome}}, 3, 0.06),
              ElementsAre(ElementsAre(0.03, 0.06, 0.02, 0.03)));
}

TEST(Budget, RatesWithoutAResultTakeTheirPart) {
  const scenario::Scenario scenario = expecting({"commit_rate >= 80%"});
  const measure::Outcome outcome = outcome_of(80, 20);
  EXPECT_THAT(split_by_holm({{&scenario, &outcome}}, 6, 0.06), ElementsAre(ElementsAre(0.01)));
  EXPECT_THAT(split_by_holm({}, 6, 0.06), ElementsAre());
}

TEST(Budget, IsOneOverAllResults) {
  const scenario::Scenario scenario = expecting({"commit_rate >= 90%"});
  const measure::Outcome bad = outcome_of(70, 30);
  const measure::Outcome good = outcome_of(100, 0);
  EXPECT_THAT(split_by_holm({{&scenario, &good}, {&scenario, &bad}}, 2, 0.02),
              ElementsAre(ElementsAre(0.02), ElementsAre(0.01)));
}

TEST(Budget, WhatALateMachineMeasuredFailsNothing) {
  const scenario::Scenario scenario = expecting({"commit_rate >= 90%", "commit_rate >= 99%"});
  measure::Outcome late = outcome_of(0, 100);
  late.lag = measure::Lag{kSecond, kSecond, kSecond};
  EXPECT_THAT(split_by_holm({{&scenario, &late}}, 2, 0.02), ElementsAre(ElementsAre(0.01, 0.01)));
}

TEST(Budget, AnAlphaIsHeldInPlaceOfTheConfidence) {
  const scenario::Scenario scenario = expecting({"commit_rate >= 99%"});
  const measure::Outcome outcome = outcome_of(95, 5);  // p = 0.0034
  EXPECT_EQ(judge(scenario, outcome).verdict, Verdict::fail);
  const Judgement strict = judge(scenario, outcome, {.alphas = {0.003}});
  EXPECT_EQ(strict.verdict, Verdict::inconclusive);
  EXPECT_EQ(strict.expectations[0].alpha, 0.003);
  EXPECT_EQ(judge(scenario, outcome, {.alphas = {0.004}}).verdict, Verdict::fail);
  EXPECT_EQ(judge(scenario, outcome_of(299, 0), {.alphas = {1e-9}}).verdict, Verdict::pass);
  EXPECT_FALSE(judge(scenario, outcome).expectations[0].alpha);
}

// A p-value is at most alpha just where the limit at 1 - alpha misses the bound.
TEST(Budget, PValuesAgreeWithLimits) {
  for (std::uint64_t lost = 0; lost <= 30; ++lost) {
    const measure::Outcome outcome = outcome_of(100 - lost, lost);
    for (const double alpha : {0.001, 0.01, 0.05, 0.3}) {
      const Demand least = demand(parse_condition("commit_rate >= 90%", {}, {}), outcome);
      EXPECT_EQ(p_value(least) <= alpha, upper_limit(100 - lost, 100, 1 - alpha) < 0.9) << lost;
      const Demand most = demand(parse_condition("commit_rate <= 80%", {}, {}), outcome);
      EXPECT_EQ(p_value(most) <= alpha, lower_limit(100 - lost, 100, 1 - alpha) > 0.8) << lost;
    }
  }
}

TEST(Budget, PValuesAtTheEnds) {
  const auto p_of = [](const std::string& text, std::uint64_t committed, std::uint64_t lost) {
    const measure::Outcome outcome = outcome_of(committed, lost);
    return p_value(demand(parse_condition(text, {}, {}), outcome));
  };
  EXPECT_EQ(p_of("commit_rate >= 100%", 10, 0), 1);
  EXPECT_EQ(p_of("commit_rate >= 100%", 10, 1), 0);
  EXPECT_EQ(p_of("commit_rate <= 0%", 0, 10), 1);
  EXPECT_EQ(p_of("commit_rate <= 0%", 1, 10), 0);
  EXPECT_EQ(p_of("commit_rate >= 0%", 0, 10), 1);
  EXPECT_EQ(p_of("commit_rate <= 100%", 10, 0), 1);
  EXPECT_EQ(p_of("commit_rate >= 90%", 0, 0), 1);
}

TEST(Budget, RunsHavePValuesByBetting) {
  measure::Outcome outcome;
  outcome.unit = measure::Unit::run;
  for (outcome.runs = 0; outcome.runs < 20; ++outcome.runs) add(outcome, 1, 9, outcome.runs);
  const Demand least = demand(parse_condition("commit_rate >= 90%", {}, {}), outcome);
  EXPECT_LT(p_value(least), 1e-6);
  EXPECT_EQ(p_value(demand(parse_condition("commit_rate <= 90%", {}, {}), outcome)), 1);
}

TEST(Indifference, IsJudgedByWaldsTest) {
  scenario::Scenario scenario = expecting({"commit_rate >= 90%"}, 0.9);
  scenario.expectations[0].indifference = 0.8;
  const Judgement judgement = judge(scenario, outcome_of(20, 0));
  EXPECT_EQ(judgement.verdict, Verdict::pass);
  EXPECT_EQ(judgement.expectations[0].test->versions, 20U);
  EXPECT_NEAR(judgement.expectations[0].test->miss, 0.1, 1e-12);
  EXPECT_FALSE(judge(scenario, outcome_of(5, 0)).expectations[0].test->versions);
  EXPECT_FALSE(rates_decided(scenario, outcome_of(19, 0)));
  EXPECT_TRUE(rates_decided(scenario, outcome_of(20, 0)));
  EXPECT_TRUE(rates_decided(scenario, outcome_of(0, 4)));
  EXPECT_FALSE(rates_decided(scenario, outcome_of(0, 4), {.alphas = {1e-3}}))
      << "the budget holds for it, too";
}

TEST(Indifference, TakesNoRunsForTrials) {
  scenario::Scenario scenario = expecting({"commit_rate >= 90%"});
  scenario.expectations[0].indifference = 0.8;
  measure::Outcome outcome = outcome_of(100, 0);
  outcome.unit = measure::Unit::run;
  EXPECT_EQ(judge(scenario, outcome).verdict, Verdict::inconclusive);
}

}  // namespace
}  // namespace hearsay::verdict
