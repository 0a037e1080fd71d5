#include "verdict/regression.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "verdict/planning.hpp"

namespace hearsay::verdict {
namespace {

using ::testing::DoubleNear;
using ::testing::Optional;
using Kind = Subject::Kind;

constexpr Subject kRate = {Kind::commit_rate};
constexpr Subject kMessages = {Kind::messages};
constexpr Subject kInTime = {Kind::in_time, 5 * kSecond};

/// Runs of ten versions and 200 messages for 100 learnings each, in which all is well.
Sample well(std::uint32_t runs, std::uint64_t seed = 1) {
  Sample sample{.seed = seed, .runs = runs, .versions = 10};
  sample.committed.assign(sample.trials(), true);
  sample.within[5 * kSecond].assign(sample.trials(), true);
  sample.sent.assign(runs, 200);
  sample.learnings.assign(runs, 100);
  return sample;
}

TEST(Regression, PairsVersionsWhereTheyAreIndependent) {
  Sample before = well(20);
  Sample now = well(20);
  before.committed[3] = false;
  now.committed[17] = now.committed[18] = false;
  now.within[5 * kSecond][0] = false;
  const Change rate = change(before, now, kRate);
  EXPECT_EQ(rate.unit, measure::Unit::version);
  EXPECT_EQ(rate.pairs.count, 200U);
  EXPECT_EQ(rate.pairs.lost, 2U);
  EXPECT_EQ(rate.pairs.gained, 1U);
  EXPECT_DOUBLE_EQ(rate.before, 0.995);
  EXPECT_DOUBLE_EQ(rate.now, 0.99);
  EXPECT_DOUBLE_EQ(effect(before, now, kRate, 0.95).difference, -0.005);
  EXPECT_EQ(change(before, now, kInTime).pairs.lost, 1U);
}

TEST(Regression, PairsRunsWhereVersionsOfEitherSideShareWhatWasDrawn) {
  Sample before = well(20);
  Sample now = well(20);
  now.unit = measure::Unit::run;
  now.committed[17] = now.committed[18] = false;
  before.committed[31] = before.committed[32] = now.committed[33] = false;
  for (const auto& [a, b] : {std::pair(before, now), std::pair(now, before)}) {
    const Change rate = change(a, b, kRate);
    EXPECT_EQ(rate.unit, measure::Unit::run);
    EXPECT_EQ(rate.pairs.count, 20U);
    EXPECT_EQ(rate.pairs.lost, 1U);
    EXPECT_EQ(rate.pairs.gained, 1U);
  }
  EXPECT_NEAR(effect(before, now, kRate, 0.95).difference, -0.005, 1e-12);
}

TEST(Regression, PairsRunsUnderTheSameSeedAndTheOthersInTheirOrder) {
  Sample before = well(4, 1);
  Sample now = well(4, 3);
  before.sent = {201, 202, 203, 204};  // seeds 1..4
  now.sent = {203, 204, 205, 206};     // seeds 3..6
  const Change messages = change(before, now, kMessages);
  EXPECT_EQ(messages.pairs.lost, 2U);
  EXPECT_EQ(messages.pairs.gained, 0U);
  const Change back = change(now, before, kMessages);
  EXPECT_EQ(back.pairs.lost, 0U);
  EXPECT_EQ(back.pairs.gained, 2U);
}

TEST(Regression, OnlyRunsThatBothHaveArePaired) {
  Sample now = well(3);
  now.sent = {200, 200, 220};
  EXPECT_EQ(change(well(20), now, kMessages).pairs.count, 3U);
  const auto worst = worst_run(well(20), now, kMessages);
  ASSERT_TRUE(worst);
  EXPECT_EQ(worst->seed, 3U);
  EXPECT_EQ(worst->before, 2);
  EXPECT_EQ(worst->now, 2.2);
  EXPECT_FALSE(worst_run(well(20), now, kRate));
}

// A system that loses less sends more, and one that loses more has fewer to learn for the initiator's
// messages.
TEST(Regression, MessagesAreWorseOnlyIfMoreAreSentAndNotSinceMoreIsLearned) {
  Sample before = well(3);
  Sample now = well(3);
  now.sent = {220, 195, 220};
  now.learnings = {112, 90, 100};
  const Change messages = change(before, now, kMessages);
  EXPECT_EQ(messages.pairs.lost, 1U);
  EXPECT_EQ(messages.pairs.gained, 0U);
}

TEST(Regression, TheEffectOnMessagesIsThatOfTheMedianRunThatDiffers) {
  Sample before = well(21);
  Sample now = well(21);
  for (std::uint32_t run = 0; run < 20; ++run) now.sent[run] = 201 + run;
  const Effect found = effect(before, now, kMessages, 0.95);
  EXPECT_NEAR(found.difference, 0.0525, 1e-12);
  // Of 20 values from a median, fewer than 6 lie on one side with chance 0.0207, fewer than 7 with 0.0577.
  ASSERT_TRUE(found.interval);
  EXPECT_NEAR(found.interval->low, 0.03, 1e-12);
  EXPECT_NEAR(found.interval->high, 0.075, 1e-12);
  now.sent.assign(21, 200);
  now.sent[0] = 210;
  EXPECT_FALSE(effect(before, now, kMessages, 0.95).interval);
  EXPECT_EQ(effect(before, before, kMessages, 0.95).difference, 0);
}

/// So many pairs that got worse, of 1000 that ended alike but for them.
Change worse_by(std::uint64_t lost) {
  Change change;
  change.pairs = {.count = 1000, .gained = 0, .lost = lost};
  return change;
}

// At alpha 1e-4 a stage takes 1e-2: of one test 7 losses (2^-7), of three 9 for the first.
TEST(Regression, MustShowUpInBothStages) {
  const auto lost = [](std::uint64_t first, std::uint64_t fresh) {
    int asked = 0;
    const auto confirm = [&](std::size_t) {
      ++asked;
      return worse_by(fresh);
    };
    const Finding finding = find_regressions({worse_by(first)}, 1e-4, confirm).front();
    EXPECT_EQ(asked, first >= 7 ? 1 : 0);
    EXPECT_EQ(finding.fresh.has_value(), first >= 7);
    return finding.regression;
  };
  EXPECT_TRUE(lost(7, 7));
  EXPECT_FALSE(lost(6, 100));
  EXPECT_FALSE(lost(100, 6));
  EXPECT_FALSE(lost(0, 0));
}

TEST(Regression, IsNeverWhatIsNoWorseWhateverAlpha) {
  const auto found = [](std::uint64_t lost, std::uint64_t gained) {
    Change change;
    change.pairs = {.count = 1'000'000, .gained = gained, .lost = lost};
    const auto confirm = [&](std::size_t) { return change; };
    return find_regressions({change}, kMostAlpha, confirm).front().regression;
  };
  for (const std::uint64_t gained : {0U, 1U, 5U, 1000U, 400'000U}) {
    EXPECT_FALSE(found(gained, gained)) << gained;
    EXPECT_TRUE(found(gained + 1, gained)) << gained;
  }
  EXPECT_ANY_THROW(stage_alpha(0.26));
}

TEST(Regression, SharesItsErrorAmongAllTests) {
  const auto found = [](const std::vector<Change>& tests) {
    const auto confirm = [&](std::size_t test) { return tests[test]; };
    std::size_t regressions = 0;
    for (const Finding& finding : find_regressions(tests, 1e-4, confirm))
      regressions += finding.regression ? 1 : 0;
    return regressions;
  };
  EXPECT_EQ(found({worse_by(8), worse_by(0), worse_by(0)}), 0U);
  EXPECT_EQ(found({worse_by(9), worse_by(0), worse_by(0)}), 1U);
  EXPECT_EQ(found({worse_by(9), worse_by(8), worse_by(0)}), 2U);
  EXPECT_EQ(found({}), 0U);
}

// Of ties 1000, so that each stage finds it with the root of the power.
TEST(Regression, TheSmallestThatIsFoundIsFoundWithThePowerThatIsSaid) {
  const Sample sample = well(1000);
  const auto smallest = smallest_found(sample, sample, kRate, 3, 1e-4, 0.95);
  ASSERT_TRUE(smallest);
  const double stage = chance_to_find_loss(10'000, *smallest, 0, 1e-2 / 3);
  EXPECT_NEAR(stage * stage, 0.95, 0.005);
  EXPECT_THAT(smallest_found(sample, sample, kMessages, 3, 1e-4, 0.95), Optional(DoubleNear(0, 1e-12)));
}

TEST(Regression, ARiseOfMessagesMustOvercomeTheSpreadOfRuns) {
  Sample before = well(1000);
  Sample now = well(1000, 100'001);
  for (std::uint32_t run = 0; run < 1000; ++run) now.sent[run] = 1500 + run;
  const auto smallest = smallest_found(before, now, kMessages, 1, 1e-4, 0.95);
  ASSERT_TRUE(smallest);
  // What was 1500..2499, around 2000, is above 2000 in so many of the runs once it has risen by that.
  const double worse = (2500 - 2000 / (1 + *smallest)) / 1000;
  const double stage = chance_to_find_loss(1000, worse, 1 - worse, 1e-2);
  EXPECT_NEAR(stage * stage, 0.95, 0.01);
}

TEST(Regression, TooFewRunsAndRatesOfZeroFindNothing) {
  EXPECT_FALSE(smallest_found(well(5), well(5), kMessages, 1, 1e-4, 0.95));
  Sample lost = well(1000);
  lost.committed.assign(lost.trials(), false);
  EXPECT_FALSE(smallest_found(lost, lost, kRate, 1, 1e-4, 0.95));
}

TEST(Regression, SubjectsHaveTheNamesOfExpectations) {
  EXPECT_EQ(to_string(kRate), "commit_rate");
  EXPECT_EQ(to_string(kInTime), "commit_rate(within = \"5s\")");
  EXPECT_EQ(to_string(kMessages), "messages");
}

}  // namespace
}  // namespace hearsay::verdict
