// Faults that did not hit, as verdicts take them.

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "tests/verdict/binomial.hpp"
#include "tests/verdict/samples.hpp"

namespace hearsay::verdict {
namespace {

std::string reason(const measure::Evidence& evidence, Tick at = 0) {
  const auto [scenario, outcome] = with_fault(evidence, at);
  const Judgement judgement = judge(scenario, outcome);
  EXPECT_EQ(judgement.verdict, judgement.reasons.empty() ? Verdict::pass : Verdict::inconclusive);
  return judgement.reasons.empty() ? "none" : judgement.reasons[0];
}

TEST(Judge, AFaultThatCouldHaveHitAndDidNotIsInconclusive) {
  EXPECT_EQ(reason({.name = "late", .kind = "drop"}, 40 * kSecond),
            "fault \"late\" never hit: its window never opened (it opens at 40s, after the end)");
  EXPECT_EQ(reason({.name = "aside", .kind = "drop", .opened = true}),
            "fault \"aside\" never hit: nothing matched it while its window was open");
  EXPECT_EQ(reason({.name = "rare", .kind = "drop", .eligible = 12, .opened = true, .expected_hits = 0.012}),
            "fault \"rare\" never hit: by chance, 0.012 hits were expected of 12 eligible");
  EXPECT_EQ(reason({.name = "vain", .kind = "drop", .eligible = 3, .opened = true, .expected_hits = 3}),
            "fault \"vain\" never hit: it took effect on none of 3 eligible");
}

TEST(Judge, AFaultOnNodesThatDidNotHitActedAtTheWrongTimeOrOnNodesThatWereDown) {
  EXPECT_EQ(reason({.name = "early", .kind = "kill", .eligible = 3, .on_nodes = true, .opened = true}),
            "fault \"early\" never hit: it acted on 3 nodes, but no version was unsettled then; the first is "
            "published at 1s");
  EXPECT_EQ(reason({.name = "vain", .kind = "kill", .on_nodes = true, .opened = true}),
            "fault \"vain\" never hit: all nodes it selects were down already");
}

TEST(Judge, AFaultThatHitOrIsOffIsNoReason) {
  EXPECT_EQ(reason({.name = "wifi", .kind = "drop", .eligible = 12, .hit = 1, .opened = true}), "none");
  EXPECT_EQ(reason({.name = "wifi", .kind = "drop", .off = true}), "none");
}

Judgement judged(const measure::Evidence& evidence) {
  const auto [scenario, outcome] = with_fault(evidence);
  return judge(scenario, outcome);
}

measure::Evidence dropping(std::uint64_t eligible, std::uint64_t hit) {
  return {.name = "wifi",
          .kind = "drop",
          .eligible = eligible,
          .hit = hit,
          .opened = true,
          .expected_hits = 0.2 * static_cast<double>(eligible),
          .chance = 0.2,
          .independent = true};
}

// 400 of 1,000 at 20 % are 15.8 standard deviations too many.
TEST(Judge, AFaultFarOffItsChanceIsABug) {
  const Judgement judgement = judged(dropping(1'000, 400));
  EXPECT_EQ(judgement.verdict, Verdict::inconclusive);
  ASSERT_EQ(judgement.bugs.size(), 1U);
  EXPECT_EQ(
      judgement.bugs[0],
      "fault \"wifi\" hit 400 of 1000 eligible messages, 40% of them, where 200 were expected, its chance "
      "being 20%: what is so far off has a chance of 2.9e-47");
  EXPECT_EQ(judged(dropping(1'000, 80)).bugs.size(), 1U) << "too few are as odd as too many";
}

// The chances are those of plain sums; 282 is the first count above 200 that is rarer than 10^-9 on both
// sides.
TEST(Judge, OnlyWhatIsRarerThanOneInTenToTheNinthIsABug) {
  EXPECT_GE(2 * at_least(281, 1'000, 0.2L), 1e-9L);
  EXPECT_LT(2 * at_least(282, 1'000, 0.2L), 1e-9L);
  EXPECT_TRUE(judged(dropping(1'000, 281)).bugs.empty());
  EXPECT_EQ(judged(dropping(1'000, 282)).bugs.size(), 1U);
}

// A run alone that drew oddly is none; all of them together are judged, once.
TEST(Judge, AMismatchIsJudgedOverAllRunsOfAResult) {
  auto [scenario, outcome] = with_fault(dropping(100, 40));
  EXPECT_TRUE(judge(scenario, outcome).bugs.empty());
  for (int run = 1; run < 10; ++run) {
    auto next = with_fault(dropping(100, 40)).second;
    measure::merge(outcome, std::move(next));
  }
  EXPECT_EQ(judge(scenario, outcome).bugs.size(), 1U);
}

TEST(Judge, FaultsWithoutIndependentDrawsAreHeldToNoChance) {
  measure::Evidence evidence = dropping(1'000, 400);
  evidence.independent = false;
  EXPECT_TRUE(judged(evidence).bugs.empty());
}

TEST(Judge, AFailureOutranksAFaultWithoutAHit) {
  auto [scenario, outcome] = with_fault({.name = "wifi", .kind = "drop"});
  scenario.expectations = expecting({"lost > 0"}).expectations;
  EXPECT_EQ(judge(scenario, outcome).verdict, Verdict::fail);
}

}  // namespace
}  // namespace hearsay::verdict
