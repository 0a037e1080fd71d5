// Outcomes whose runs were added until they were enough.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/verdict/samples.hpp"
#include "verdict/rates.hpp"
#include "verdict/sequence.hpp"

namespace hearsay::verdict {
namespace {

measure::Outcome sequential(measure::Outcome outcome) {
  outcome.sequential = true;
  return outcome;
}

TEST(Sequential, RatesHaveLimitsThatBearLooking) {
  const CommitRate rate(sequential(outcome_of(95, 5)));
  EXPECT_EQ(rate.low(0.95), sequence_lower_limit(95, 100, 0.95));
  EXPECT_EQ(rate.high(0.95), sequence_upper_limit(95, 100, 0.95));
  EXPECT_EQ(rate.two_sided(0.95).low, sequence_two_sided(95, 100, 0.95).low);
  EXPECT_EQ(rate.more_to_show_at_least(0.9, 0.95), sequence_successes_to_reach(95, 100, 0.9, 0.95));
  EXPECT_EQ(rate.more_to_show_at_most(0.9, 0.95), sequence_successes_to_reach(5, 100, 1 - 0.9, 0.95));
}

TEST(Sequential, FixedNumbersHaveExactOnes) {
  EXPECT_EQ(CommitRate(outcome_of(95, 5)).low(0.95), lower_limit(95, 100, 0.95));
}

TEST(Sequential, RatesAreDecidedOnceAllHavePassedOrFailed) {
  const scenario::Scenario scenario =
      expecting({"commit_rate >= 99%", "commit_latency.p50 <= 5s", "lost == 0", "coverage >= 1"});
  EXPECT_FALSE(rates_decided(scenario, sequential(outcome_of(300, 0))));
  EXPECT_TRUE(rates_decided(scenario, sequential(outcome_of(400, 0))));
  EXPECT_TRUE(rates_decided(scenario, sequential(outcome_of(300, 100))));
  EXPECT_TRUE(rates_decided(expecting({"lost == 0"}), sequential(outcome_of(1, 0))));
}

TEST(Sequential, AnExactLimitIsReachedSooner) {
  EXPECT_EQ(judge(expecting({"commit_rate >= 99%"}), outcome_of(300, 0)).verdict, Verdict::pass);
  EXPECT_EQ(judge(expecting({"commit_rate >= 99%"}), sequential(outcome_of(300, 0))).verdict,
            Verdict::inconclusive);
}

}  // namespace
}  // namespace hearsay::verdict
