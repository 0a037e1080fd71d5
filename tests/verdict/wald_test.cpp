#include "verdict/wald.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/verdict/looking.hpp"
#include "tests/verdict/samples.hpp"
#include "verdict/sprt.hpp"

namespace hearsay::verdict {
namespace {

using ::testing::HasSubstr;

constexpr WaldTerms kTerms = {.indifference = 0.8, .false_alarm = 0.05, .miss = 0.1};

Demand demand_of(const measure::Outcome& outcome, const std::string& text = "commit_rate >= 90%") {
  return demand(parse_condition(text, {}, {}), outcome);
}

WaldFinding finding_of(const measure::Outcome& outcome, const std::string& text = "commit_rate >= 90%") {
  return test_by_wald(demand_of(outcome, text), outcome, kTerms);
}

// A success is worth ln(0.9/0.8) = 0.118 and -ln 0.1 = 2.303 decide for good: 20 successes. A failure is
// worth ln 2 = 0.693 and ln 20 = 2.996 decide for bad: 5 failures.
TEST(Wald, DecidesAsSoonAsItCan) {
  EXPECT_EQ(finding_of(outcome_of(19, 0)).verdict, Verdict::inconclusive);
  EXPECT_EQ(finding_of(outcome_of(20, 0)).verdict, Verdict::pass);
  EXPECT_EQ(finding_of(outcome_of(0, 4)).verdict, Verdict::inconclusive);
  EXPECT_EQ(finding_of(outcome_of(0, 5)).verdict, Verdict::fail);
}

TEST(Wald, TheFirstDecisionStands) {
  measure::Outcome outcome = outcome_of(30, 70);
  EXPECT_EQ(finding_of(outcome).verdict, Verdict::pass);
  EXPECT_EQ(finding_of(outcome).trials, 20U);
  EXPECT_EQ(finding_of(outcome).committed, 20U);
  std::reverse(outcome.versions.begin(), outcome.versions.end());
  EXPECT_EQ(finding_of(outcome).verdict, Verdict::fail);
  EXPECT_EQ(finding_of(outcome).trials, 5U);
}

TEST(Wald, OpenVersionsAreNoTrials) {
  measure::Outcome outcome = outcome_of(19, 0);
  outcome.versions.emplace_back();
  EXPECT_EQ(finding_of(outcome).trials, 19U);
}

TEST(Wald, CountsWhatCommitsInTime) {
  EXPECT_EQ(finding_of(outcome_of(30, 0), "commit_rate(within = 1s) >= 90%").verdict, Verdict::pass);
  EXPECT_EQ(finding_of(outcome_of(30, 0), "commit_rate(within = 999ms) >= 90%").verdict, Verdict::fail);
  EXPECT_EQ(finding_of(outcome_of(30, 0), "commit_latency.p90 <= 1s").verdict, Verdict::pass);
}

TEST(Wald, ARateThatShouldBeSmallIsTheMirrorImage) {
  const WaldTerms terms = {.indifference = 0.2, .false_alarm = 0.05, .miss = 0.1};
  const auto found = [&](const measure::Outcome& outcome) {
    return test_by_wald(demand_of(outcome, "commit_rate <= 10%"), outcome, terms);
  };
  EXPECT_EQ(found(outcome_of(0, 20)).verdict, Verdict::pass);
  EXPECT_EQ(found(outcome_of(0, 19)).verdict, Verdict::inconclusive);
  EXPECT_EQ(found(outcome_of(5, 0)).verdict, Verdict::fail);
  const measure::Outcome few = outcome_of(0, 19);
  EXPECT_THAT(explain(found(few), demand_of(few, "commit_rate <= 10%"), terms),
              HasSubstr("1 more version without a commit would decide it"));
}

TEST(Wald, SaysWhatItRestsOnWithItsErrors) {
  const auto told = [](const measure::Outcome& outcome) {
    return explain(finding_of(outcome), demand_of(outcome), kTerms);
  };
  EXPECT_EQ(
      told(outcome_of(40, 0)),
      "20 of 20 versions committed, so many decide for 90% or more against 80% or less: wrong for at most "
      "10% of systems that bad");
  EXPECT_EQ(
      told(outcome_of(0, 9)),
      "0 of 5 versions committed, so many decide for 80% or less against 90% or more: wrong for at most 5% "
      "of systems that good");
  EXPECT_EQ(
      told(outcome_of(10, 0)),
      "10 of 10 versions committed, which does not decide between 90% or more (errs in at most 5%) and 80% "
      "or less (in at most 10%); 10 more clean versions would decide it");
  EXPECT_EQ(told(outcome_of(0, 0)), "no version has settled");
}

// Both by exact sums over all that can be seen by one who looks after every version, for 3,000 of them: after
// that nobody goes on. No false alarm.
TEST(Wald, ErrsNoMoreOftenThanItSays) {
  for (const auto& [good, bad, a, b] : {std::tuple(0.99, 0.95, 0.01, 0.05), std::tuple(0.9, 0.7, 0.2, 0.3),
                                        std::tuple(0.5, 0.4, 0.05, 0.05)}) {
    const Sprt test(with_errors_at_most(good, bad, a, b));
    double fails_good = 0, passes_bad = 0;
    for (const auto& [p, wrong, error] : {std::tuple(good, Sprt::Decision::bad, &fails_good),
                                          std::tuple(bad, Sprt::Decision::good, &passes_bad)}) {
      std::vector<double> going = {1};  // by successes
      for (std::uint64_t n = 1; n <= 3000; ++n) {
        going.push_back(0);
        for (std::uint64_t k = n + 1; k-- > 0;) {
          going[k] = going[k] * (1 - p) + (k > 0 ? going[k - 1] * p : 0);
          if (going[k] == 0) continue;
          const Sprt::Decision decision = test.decide(k, n);
          if (decision == wrong) *error += going[k];
          if (decision != Sprt::Decision::none) going[k] = 0;
        }
      }
    }
    EXPECT_LE(fails_good, a);
    EXPECT_GE(fails_good, a / 3) << "and it does not waste them";
    EXPECT_LE(passes_bad, b);
    EXPECT_GE(passes_bad, b / 3);
  }
}

// Its p-value is at most 0.1 with a probability of at most 0.1, by Ville; summed exactly, of 2,000 versions.
TEST(Wald, ItsPValueIsOne) {
  const Sprt test(with_errors_at_most(0.9, 0.8, 1e-9, 1e-9));
  const auto convinced = [&](std::uint64_t failures, std::uint64_t n) {
    return test.evidence_of_bad(n - failures, n) >= std::log(10);
  };
  EXPECT_LE(ever(0.1, 2000, convinced), 0.1);
  EXPECT_NEAR(finding_of(outcome_of(0, 4)).p_value, 1.0 / 16, 1e-12);
  EXPECT_EQ(finding_of(outcome_of(10, 0)).p_value, 1);
}

TEST(Wald, SaysByHowManyTrialsItIsDecided) {
  const Sprt test(with_errors_at_most(0.9, 0.8, 0.05, 0.1));
  EXPECT_EQ(test.trials_to_decide(1 - 1e-12, 0.999), 20U);
  EXPECT_EQ(test.trials_to_decide(1e-12, 0.999), 5U);
  EXPECT_EQ(test.successes_to_good(0, 0), 20U);
  EXPECT_EQ(test.successes_to_good(30, 30), 0U);
  const std::uint64_t median = test.trials_to_decide(0.85, 0.5).value();
  const std::uint64_t late = test.trials_to_decide(0.85, 0.999).value();
  EXPECT_GT(late, 3 * median);
  EXPECT_FALSE(Sprt(with_errors_at_most(0.5001, 0.5, 1e-9, 1e-9)).trials_to_decide(0.50005, 0.9));
}

}  // namespace
}  // namespace hearsay::verdict
