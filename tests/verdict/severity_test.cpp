// Expectations that only warn.

#include <gtest/gtest.h>

#include "tests/verdict/samples.hpp"

namespace hearsay::verdict {
namespace {

scenario::Scenario warning(const std::string& that) {
  scenario::Scenario scenario = expecting({that, "lost <= 5"});
  scenario.expectations[0].severity = scenario::Severity::warn;
  return scenario;
}

TEST(Severity, AWarningIsJudgedButHasNoSay) {
  const Judgement failing = judge(warning("lost == 0"), outcome_of(19, 1));
  EXPECT_EQ(failing.expectations[0].verdict, Verdict::fail);
  EXPECT_EQ(failing.expectations[0].severity, scenario::Severity::warn);
  EXPECT_EQ(failing.expectations[1].severity, scenario::Severity::fail);
  EXPECT_EQ(failing.verdict, Verdict::pass);
  EXPECT_EQ(judge(warning("commit_rate >= 99%"), outcome_of(19, 1)).verdict, Verdict::pass) << "inconclusive";
}

TEST(Severity, OthersKeepTheirs) {
  scenario::Scenario scenario = warning("lost == 0");
  scenario.expectations[1].that = "lost == 0";
  EXPECT_EQ(judge(scenario, outcome_of(19, 1)).verdict, Verdict::fail);
}

TEST(Severity, ALateMachineIsNoReasonWhereOnlyWarningsAreTimed) {
  measure::Outcome outcome = outcome_of(20, 0);
  outcome.lag = measure::Lag{.p99 = kSecond};
  const Judgement judgement = judge(warning("commit_latency.p50 <= 2s"), outcome);
  EXPECT_EQ(judgement.expectations[0].verdict, Verdict::inconclusive);
  EXPECT_EQ(judgement.verdict, Verdict::pass);
}

}  // namespace
}  // namespace hearsay::verdict
