#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "tests/verdict/samples.hpp"
#include "verdict/verdict.hpp"

namespace hearsay::verdict {
namespace {

using measure::Outcome;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Judged judge_one(const std::string& that, const Outcome& outcome, double confidence = 0.95) {
  return judge(expecting({that}, confidence), outcome).expectations.at(0);
}

TEST(Judge, WithoutExpectationsPasses) {
  const Judgement judgement = judge(expecting({}), outcome_of(0, 20));
  EXPECT_EQ(judgement.verdict, Verdict::pass);
  EXPECT_THAT(judgement.reasons, IsEmpty());
}

TEST(Judge, TheWorstExpectationDecides) {
  EXPECT_EQ(judge(expecting({"lost == 0", "lost <= 5"}), outcome_of(19, 1)).verdict, Verdict::fail);
  EXPECT_EQ(judge(expecting({"lost <= 5", "commit_rate >= 99%"}), outcome_of(19, 1)).verdict,
            Verdict::inconclusive);
  EXPECT_EQ(judge(expecting({"lost <= 5", "commit_rate >= 50%"}), outcome_of(19, 1)).verdict, Verdict::pass);
}

struct RateCase {
  std::uint64_t committed;
  std::uint64_t lost;
  std::string that;
  double confidence;
  Verdict verdict;
};

// References: all of n committed gives the lower limit alpha^(1/n), so that 299 are just enough for 99 % at
// 95 % and 298 are not; 16 of 20 has the upper limit 0.929, 19 of 20 the limits 0.784 and 0.997.
TEST(Judge, Rates) {
  const std::vector<RateCase> table = {
      {299, 0, "commit_rate >= 99%", 0.95, Verdict::pass},
      {298, 0, "commit_rate >= 99%", 0.95, Verdict::inconclusive},
      {299, 0, "commit_rate >= 99%", 0.99, Verdict::inconclusive},
      {19, 1, "commit_rate >= 78%", 0.95, Verdict::pass},
      {19, 1, "commit_rate >= 79%", 0.95, Verdict::inconclusive},
      {19, 1, "commit_rate >= 99.7%", 0.95, Verdict::inconclusive},
      {19, 1, "commit_rate >= 99.8%", 0.95, Verdict::fail},
      {16, 4, "commit_rate >= 93%", 0.95, Verdict::fail},
      {16, 4, "commit_rate >= 92%", 0.95, Verdict::inconclusive},
      {0, 299, "commit_rate <= 1%", 0.95, Verdict::pass},
      {0, 298, "commit_rate <= 1%", 0.95, Verdict::inconclusive},
      {19, 1, "commit_rate <= 78%", 0.95, Verdict::fail},
      {300, 1, "commit_rate >= 100%", 0.95, Verdict::fail},
      {300, 0, "commit_rate >= 100%", 0.95, Verdict::inconclusive},
      {299, 0, "commit_rate(within = 1s) >= 99%", 0.95, Verdict::pass},
      {299, 0, "commit_rate(within = 999ms) >= 99%", 0.95, Verdict::fail},
      {299, 0, "commit_latency.p99 <= 1s", 0.95, Verdict::pass},
      {298, 0, "commit_latency.p99 <= 1s", 0.95, Verdict::inconclusive},
      {299, 0, "commit_latency.p99 <= 999ms", 0.95, Verdict::fail},
      {299, 0, "commit_latency.p1 >= 1s", 0.95, Verdict::pass},
      {298, 0, "commit_latency.p1 >= 1s", 0.95, Verdict::inconclusive},
      {299, 0, "commit_latency.p1 >= 1.000001s", 0.95, Verdict::fail},
  };
  for (const RateCase& row : table) {
    const Judged judged = judge_one(row.that, outcome_of(row.committed, row.lost), row.confidence);
    EXPECT_EQ(judged.verdict, row.verdict) << row.committed << "+" << row.lost << ": " << row.that;
  }
}

TEST(Judge, ExplainsWhatWasShownAndWhatWouldDecide) {
  EXPECT_EQ(judge_one("commit_rate >= 99%", outcome_of(299, 0)).why,
            "299 of 299 versions committed: at least 99.003% at 95% confidence");
  EXPECT_EQ(judge_one("commit_rate >= 93%", outcome_of(16, 4)).why,
            "16 of 20 versions committed: at most 92.865% at 95% confidence, at least 93% needed");
  EXPECT_EQ(
      judge_one("commit_latency.p99 <= 8s", outcome_of(298, 0)).why,
      "298 of 298 versions committed within 8s: at least 98.999% at 95% confidence, at least 99% needed; "
      "1 more clean version would decide it");
  EXPECT_THAT(judge_one("commit_rate <= 1%", outcome_of(0, 100)).why,
              HasSubstr("at most 1% needed; 199 more versions without a commit would decide it"));
  EXPECT_THAT(judge_one("commit_rate >= 100%", outcome_of(300, 0)).why,
              HasSubstr("no number of versions can show 100%"));
}

TEST(Judge, RatesShowTheObservedAndItsInterval) {
  const Judged judged = judge_one("commit_rate >= 99%", outcome_of(19, 1));
  EXPECT_EQ(judged.observed, 0.95);
  EXPECT_NEAR(judged.interval.value().low, 0.7512672, 1e-7);
  EXPECT_NEAR(judged.interval.value().high, 0.9987349, 1e-7);
}

TEST(Judge, AQuantileOnALostVersionIsInfinite) {
  const Judged judged = judge_one("commit_latency.p99 <= 1000h", outcome_of(90, 10));
  EXPECT_EQ(judged.verdict, Verdict::fail);
  EXPECT_EQ(judged.observed, std::nullopt);
  EXPECT_EQ(judge_one("commit_latency.p50 <= 2s", outcome_of(90, 10)).observed, 1000.0);
}

TEST(Judge, TheLatestCommitOfALostVersionIsInfinite) {
  const Judged judged = judge_one("commit_latency.max <= 1000h", outcome_of(99, 1));
  EXPECT_EQ(judged.verdict, Verdict::fail);
  EXPECT_EQ(judged.observed, std::nullopt);
  EXPECT_EQ(judged.why, "it is infinite, since a version was lost");
  EXPECT_EQ(judge_one("commit_latency.max > 1h", outcome_of(99, 1)).verdict, Verdict::pass);
  EXPECT_EQ(judge_one("commit_latency.min <= 1s", outcome_of(99, 1)).verdict, Verdict::pass);
}

TEST(Judge, FactsAsObserved) {
  Outcome outcome = outcome_of(9, 1);
  outcome.messages.sent = 150;
  const std::vector<std::pair<std::string, Verdict>> table = {
      {"lost == 1", Verdict::pass},
      {"lost < 1", Verdict::fail},
      {"lost > 0", Verdict::pass},
      {"coverage >= 99%", Verdict::pass},
      {"coverage > 99%", Verdict::fail},
      {"messages.sent <= 150", Verdict::pass},
      {"messages.sent > 150", Verdict::fail},
      {"messages.per_version == 15", Verdict::pass},
      {"messages.in_flight == 0", Verdict::pass},
      {"commit_latency.min == 1s", Verdict::pass},
      {"commit_latency.min > 1s", Verdict::fail},
  };
  for (const auto& [that, verdict] : table) EXPECT_EQ(judge_one(that, outcome).verdict, verdict) << that;
  EXPECT_EQ(judge_one("messages.sent <= 150", outcome).observed, 150);
  EXPECT_EQ(judge_one("messages.sent <= 150", outcome).why, "it is 150");
  EXPECT_EQ(judge_one("coverage >= 99%", outcome).why, "it is 99%");
  EXPECT_EQ(judge_one("commit_latency.min == 1s", outcome).why, "it is 1s");
  EXPECT_EQ(judge_one("commit_latency.min == 1s", outcome).observed, 1000.0);
}

TEST(Judge, FaultsByTheirEvidence) {
  auto [scenario, outcome] = with_fault({.name = "bad wifi", .kind = "drop", .eligible = 100, .hit = 30});
  scenario.expectations =
      expecting({"fault.bad wifi.hit >= 31", "fault.bad wifi.eligible == 100"}).expectations;
  const Judgement judgement = judge(scenario, outcome);
  EXPECT_EQ(judgement.expectations[0].verdict, Verdict::fail);
  EXPECT_EQ(judgement.expectations[1].verdict, Verdict::pass);
}

TEST(Judge, OpenVersionsAreNotCounted) {
  Outcome outcome = outcome_of(299, 0);
  outcome.versions.emplace_back();
  outcome.interrupted = true;
  const Judgement judgement = judge(expecting({"commit_rate >= 99%", "lost == 0"}), outcome);
  EXPECT_EQ(judgement.expectations[0].verdict, Verdict::pass);
  EXPECT_EQ(judgement.expectations[1].verdict, Verdict::pass);
}

TEST(Judge, AnInterruptionIsInconclusiveAtBest) {
  Outcome outcome = outcome_of(299, 0);
  outcome.versions.emplace_back();
  outcome.interrupted = true;
  const Judgement judgement = judge(expecting({"lost == 0"}), outcome);
  EXPECT_EQ(judgement.verdict, Verdict::inconclusive);
  EXPECT_THAT(judgement.reasons, ElementsAre("interrupted: 1 of 300 versions published could not be judged"));
  EXPECT_EQ(judge(expecting({"lost < 0"}), outcome).verdict, Verdict::fail);
}

TEST(Judge, WithNothingSettledNothingIsJudged) {
  Outcome outcome;
  outcome.interrupted = true;
  for (const char* that :
       {"commit_rate >= 0%", "commit_latency.p50 <= 1s", "commit_latency.max <= 1s", "coverage > 0"}) {
    const Judged judged = judge_one(that, outcome);
    EXPECT_EQ(judged.verdict, Verdict::inconclusive) << that;
    EXPECT_EQ(judged.observed, std::nullopt) << that;
    EXPECT_EQ(judged.why, "no version has settled") << that;
  }
}

TEST(Judge, OneRunAloneDecidesNothingWhereTheRunIsTheUnit) {
  Outcome outcome = outcome_of(1000, 0);
  outcome.unit = measure::Unit::run;
  for (const char* that : {"commit_rate >= 50%", "commit_rate <= 50%", "commit_latency.p50 <= 5s"}) {
    EXPECT_EQ(judge_one(that, outcome, 0.5).verdict, Verdict::inconclusive) << that;
  }
  const Judged judged = judge_one("commit_rate >= 99%", outcome);
  EXPECT_EQ(judged.observed, 1);
  EXPECT_THAT(judged.why, HasSubstr("344 more clean runs would decide it"));
  EXPECT_EQ(judge_one("lost == 0", outcome).verdict, Verdict::pass);
}

TEST(Judge, SeveralRunsAreJudgedByTheirShares) {
  Outcome outcome;
  outcome.unit = measure::Unit::run;
  outcome.runs = 68;
  for (std::uint32_t run = 0; run < outcome.runs; ++run) add(outcome, 10, 0, run);
  // 59 clean trials of a chance would do; to bet without knowing that all are clean takes nine more.
  EXPECT_EQ(judge_one("commit_rate >= 95%", outcome).verdict, Verdict::pass);
  EXPECT_EQ(judge_one("commit_rate >= 95.1%", outcome).verdict, Verdict::inconclusive);
  EXPECT_EQ(judge_one("commit_rate <= 95%", outcome).verdict, Verdict::fail);
  EXPECT_EQ(judge_one("commit_rate >= 95%", outcome).why,
            "680 of 680 versions committed in 68 runs: at least 95.037% at 95% confidence");
}

struct LagCase {
  std::string that;
  Duration p99;
  std::optional<Duration> max_lag;
  Verdict verdict;
};

// The gossip interval is 1 s: a tenth of the smallest of it and the latency bound is allowed.
TEST(Judge, ALateMachineMakesRatesAndLatenciesInconclusive) {
  const std::vector<LagCase> table = {
      {"commit_rate >= 10%", 100 * kMillisecond, {}, Verdict::pass},
      {"commit_rate >= 10%", 100 * kMillisecond + 1, {}, Verdict::inconclusive},
      {"commit_rate >= 99.99%", kSecond, {}, Verdict::inconclusive},
      {"commit_rate(within = 500ms) <= 10%", 50 * kMillisecond + 1, {}, Verdict::inconclusive},
      {"commit_latency.p50 >= 200ms", 20 * kMillisecond, {}, Verdict::pass},
      {"commit_latency.p50 >= 200ms", 20 * kMillisecond + 1, {}, Verdict::inconclusive},
      {"commit_latency.min >= 200ms", 20 * kMillisecond + 1, {}, Verdict::inconclusive},
      {"commit_latency.p50 <= 8s", 100 * kMillisecond, {}, Verdict::pass},
      {"commit_rate >= 10%", 2 * kMillisecond, kMillisecond, Verdict::inconclusive},
      {"commit_rate >= 10%", kSecond, kSecond, Verdict::pass},
      {"lost == 1", kSecond, {}, Verdict::pass},
  };
  for (const LagCase& row : table) {
    Outcome outcome = outcome_of(299, 1);
    outcome.lag = measure::Lag{0, row.p99, row.p99};
    const Judgement judgement = judge(expecting({row.that}), outcome, {row.max_lag});
    EXPECT_EQ(judgement.verdict, row.verdict) << row.that << " " << row.p99;
    EXPECT_EQ(judgement.reasons.size(), row.verdict == Verdict::inconclusive ? 1U : 0U);
  }
}

TEST(Judge, SaysHowLateTheMachineWas) {
  Outcome outcome = outcome_of(299, 0);
  outcome.lag = measure::Lag{kMillisecond, 120'500, kSecond};
  const Judgement judgement = judge(expecting({"commit_rate >= 99%"}), outcome);
  EXPECT_THAT(judgement.reasons,
              ElementsAre("the machine, not the gossip, was measured: it was late by 120.5ms at the 99th "
                          "percentile, more than 100ms"));
}

TEST(Judge, AFailingFactOfAnInterruptedRunFailsOnlyIfNothingCouldTurnIt) {
  Outcome outcome = outcome_of(3, 1);
  outcome.interrupted = true;
  outcome.messages.sent = 100;
  for (const auto& [that, verdict] : std::vector<std::pair<std::string, Verdict>>{
           {"lost >= 2", Verdict::inconclusive},
           {"lost > 1", Verdict::inconclusive},
           {"lost == 2", Verdict::inconclusive},
           {"lost == 0", Verdict::fail},
           {"lost <= 0", Verdict::fail},
           {"lost < 1", Verdict::fail},
           {"lost == 1", Verdict::pass},
           {"messages.sent > 100", Verdict::inconclusive},
           {"messages.sent <= 99", Verdict::fail},
           {"messages.in_flight > 0", Verdict::inconclusive},
           {"messages.per_version <= 24.9", Verdict::inconclusive},
           {"messages.redundancy >= 100", Verdict::inconclusive},
           {"coverage >= 99%", Verdict::inconclusive},
           {"coverage <= 10%", Verdict::inconclusive},
           {"commit_latency.max <= 8s", Verdict::fail},
           {"commit_latency.min <= 500ms", Verdict::inconclusive},
           {"commit_latency.min >= 2s", Verdict::fail},
       })
    EXPECT_EQ(judge(expecting({that}), outcome).expectations[0].verdict, verdict) << that;
}

TEST(Judge, AnUnreadableExpectationIsAnInputError) {
  EXPECT_THROW(judge(expecting({"lost"}), outcome_of(1, 0)), InputError);
}

RC_GTEST_PROP(Judge, OneMoreCommitNeverWorsensALowerBound, ()) {
  const auto versions = *rc::gen::inRange<std::uint64_t>(1, 200);
  const auto committed = *rc::gen::inRange<std::uint64_t>(0, versions);
  const std::string that = "commit_rate >= " + std::to_string(*rc::gen::inRange(0, 101)) + "%";
  const Judged before = judge_one(that, outcome_of(committed, versions - committed));
  const Judged after = judge_one(that, outcome_of(committed + 1, versions - committed - 1));
  RC_ASSERT(after.verdict >= before.verdict);
}

TEST(Verdict, Names) {
  EXPECT_EQ(to_string(Verdict::pass), "pass");
  EXPECT_EQ(to_string(Verdict::fail), "fail");
  EXPECT_EQ(to_string(Verdict::inconclusive), "inconclusive");
}

}  // namespace
}  // namespace hearsay::verdict
