// Faults that did not hit, as verdicts take them.

#include <gtest/gtest.h>

#include <string>

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

TEST(Judge, AFailureOutranksAFaultWithoutAHit) {
  auto [scenario, outcome] = with_fault({.name = "wifi", .kind = "drop"});
  scenario.expectations = expecting({"lost > 0"}).expectations;
  EXPECT_EQ(judge(scenario, outcome).verdict, Verdict::fail);
}

}  // namespace
}  // namespace hearsay::verdict
