// How recovery is judged.

#include <gtest/gtest.h>

#include "tests/verdict/samples.hpp"

namespace hearsay::verdict {
namespace {

Judged judged_recovery(const measure::Recovery& recovery, const std::string& that = "recovery <= 10s") {
  measure::Outcome outcome = outcome_of(20, 0);
  outcome.runs = 3;
  outcome.recovery = recovery;
  return judge(expecting({that}), outcome).expectations.at(0);
}

TEST(JudgeRecovery, IsAFactInMilliseconds) {
  const Judged in_time = judged_recovery({.longest = 10 * kSecond});
  EXPECT_EQ(in_time.verdict, Verdict::pass);
  EXPECT_EQ(in_time.observed, 10'000);
  EXPECT_EQ(in_time.why, "it is 10s");
  EXPECT_EQ(judged_recovery({.longest = 10 * kSecond + 1}).verdict, Verdict::fail);
}

TEST(JudgeRecovery, InfiniteIfItNeverCame) {
  const Judged never = judged_recovery({.longest = kNever});
  EXPECT_EQ(never.verdict, Verdict::fail);
  EXPECT_EQ(never.observed, std::nullopt);
  EXPECT_EQ(
      never.why,
      "it is infinite, since nodes that were up never came to hold all that was published before the faults "
      "healed");
  EXPECT_EQ(judged_recovery({.longest = kNever, .unhealed = 2}).verdict, Verdict::fail)
      << "one such run is enough";
}

TEST(JudgeRecovery, InconclusiveWhereARunEndedBeforeTheFaultsHealed) {
  const Judged unseen = judged_recovery({.longest = kSecond, .unhealed = 2});
  EXPECT_EQ(unseen.verdict, Verdict::inconclusive);
  EXPECT_EQ(unseen.observed, std::nullopt);
  EXPECT_EQ(unseen.why, "2 of 3 runs ended before the faults had healed");
}

TEST(JudgeRecovery, OfAnInterruptedRunMayYetCome) {
  measure::Outcome outcome = outcome_of(20, 0);
  outcome.interrupted = true;
  outcome.recovery = measure::Recovery{.longest = kNever};
  EXPECT_EQ(judge(expecting({"recovery <= 10s"}), outcome).expectations.at(0).verdict, Verdict::inconclusive);
}

TEST(JudgeRecovery, IsATimeThatALateMachineMakesWorthless) {
  measure::Outcome outcome = outcome_of(20, 0);
  outcome.recovery = measure::Recovery{.longest = kSecond};
  outcome.lag = measure::Lag{.p99 = kSecond};
  EXPECT_EQ(judge(expecting({"recovery <= 2s"}), outcome).expectations.at(0).verdict, Verdict::inconclusive);
}

}  // namespace
}  // namespace hearsay::verdict
