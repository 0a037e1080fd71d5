#include "report/check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/report/results.hpp"

namespace hearsay::report {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using verdict::Subject;

CheckedSubject fallen_rate() {
  CheckedSubject checked;
  checked.subject = {Subject::Kind::commit_rate};
  checked.change = {.before = 0.99, .now = 0.95, .pairs = {.count = 1000, .gained = 5, .lost = 45}};
  checked.effect = {-0.04, verdict::Interval{-0.055, -0.0251}};
  checked.judged = true;
  checked.finding = {.adjusted_p_value = 1e-6, .fresh = checked.change, .regression = true};
  checked.finding.adjusted_fresh_p_value = 1e-7;
  checked.smallest = 0.012;
  checked.worst = verdict::Worst{17, 1, 0.4};
  checked.show = "hearsay run it.toml --seed 17";
  return checked;
}

CheckedSubject risen_messages() {
  CheckedSubject checked;
  checked.subject = {Subject::Kind::messages};
  checked.change = {.before = 15.06,
                    .now = 15.07,
                    .unit = measure::Unit::run,
                    .pairs = {.count = 50, .gained = 1, .lost = 2}};
  checked.effect = {0.0001, {}};
  checked.judged = true;
  return checked;
}

Check worse_check() {
  Check check{.result = lossy(), .against = "base.json"};
  check.verdict = verdict::Verdict::fail;
  check.subjects = {fallen_rate(), risen_messages()};
  check.told = {"gossip.fanout was 3, now is 2"};
  return check;
}

TEST(CheckText, SaysWhatGotWorseByHowMuchOnWhichEvidenceAndHowToSeeIt) {
  const std::string text = to_text(Checks{{worse_check()}}, TextStyle{});
  EXPECT_THAT(
      text,
      AllOf(HasSubstr("thirty percent loss: gossip.fanout was 3, now is 2\n"),
            HasSubstr("commit rate went from 99% to 95%, -4.00 (-5.50..-2.51) points, at 95% confidence\n"
                      "  45 versions got worse and 5 better of 1000 (p "),
            HasSubstr("under fresh seeds 45 versions got worse"),
            HasSubstr("to see 40% where it was 100%: hearsay run it.toml --seed 17\n")));
  EXPECT_THAT(text, AllOf(HasSubstr("fail "), HasSubstr("45/5"), HasSubstr("-1.20"), HasSubstr("1e-06"),
                          HasSubstr("+0.01%"), HasSubstr("2/1"), HasSubstr("nothing")));
}

TEST(CheckText, WhatWasNotJudgedHasNoFigures) {
  Check check = worse_check();
  check.verdict = verdict::Verdict::inconclusive;
  check.reasons = {"the machine was late"};
  check.subjects = {risen_messages()};
  check.subjects.front().judged = false;
  const std::string text = to_text(Checks{{check}}, TextStyle{});
  EXPECT_THAT(text, AllOf(HasSubstr("inconclusive: the machine was late\n"), Not(HasSubstr("nothing")),
                          Not(HasSubstr("to see"))));
}

TEST(CheckMarkdown, HasATableThenWhatIsToldThenEachRegression) {
  EXPECT_THAT(to_markdown(Checks{{worse_check()}}),
              AllOf(HasSubstr("| fail | thirty percent loss | commit rate | 99% | 95% |"),
                    HasSubstr("| messages per learning | 15.06 | 15.07 |"),
                    HasSubstr("\n- thirty percent loss: gossip.fanout was 3, now is 2\n"),
                    HasSubstr("\n```\nthirty percent loss: commit rate went from 99% to 95%"),
                    HasSubstr("hearsay run it.toml --seed 17\n```\n")));
  EXPECT_EQ(to_markdown(Checks{}), "");
}

TEST(CheckJson, AddsACheckToTheResult) {
  const nlohmann::json all = nlohmann::json::parse(to_json(Checks{{worse_check()}}));
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0]["schema"], "hearsay/result/1");
  const nlohmann::json& check = all[0]["check"];
  EXPECT_EQ(check["against"], "base.json");
  EXPECT_EQ(check["alpha"], 1e-4);
  EXPECT_EQ(check["verdict"], "fail");
  EXPECT_EQ(check["told"].size(), 1U);
  const nlohmann::json& rate = check["subjects"][0];
  EXPECT_EQ(rate["subject"], "commit_rate");
  EXPECT_EQ(rate["unit"], "version");
  EXPECT_EQ(rate["worse"], 45);
  EXPECT_EQ(rate["better"], 5);
  EXPECT_EQ(rate["low"], -0.055);
  EXPECT_EQ(rate["fresh"]["adjusted_p_value"], 1e-7);
  EXPECT_EQ(rate["smallest"], 0.012);
  EXPECT_EQ(rate["seed"], 17);
  EXPECT_EQ(rate["show"], "hearsay run it.toml --seed 17");
  const nlohmann::json& messages = check["subjects"][1];
  EXPECT_EQ(messages["unit"], "run");
  EXPECT_EQ(messages["low"], nullptr);
  EXPECT_EQ(messages["fresh"], nullptr);
  EXPECT_EQ(messages["smallest"], nullptr);
  EXPECT_EQ(messages["show"], nullptr);
}

TEST(CheckJunit, HasACaseForEachSubjectAndNoneForExpectations) {
  const std::string xml = to_junit(Checks{{worse_check()}});
  EXPECT_THAT(xml, AllOf(HasSubstr("commit rate no worse"), HasSubstr("messages per learning no worse"),
                         HasSubstr("45 versions got worse and 5 better of 1000 (p "), HasSubstr("<failure"),
                         HasSubstr("hearsay run it.toml --seed 17"), Not(HasSubstr("commit_latency.max"))));
}

Checks with_missing() {
  Missing taken;
  taken.scenario.name = "taken";
  taken.why = "cannot run here: port 8000 is taken";
  Missing not_reached;
  not_reached.scenario.name = "not reached";
  return {{worse_check()}, {taken, not_reached}};
}

TEST(CheckMissing, IsToldInTextAndMarkdown) {
  EXPECT_THAT(
      to_text(with_missing(), TextStyle{}),
      AllOf(HasSubstr("\ntaken: no result: cannot run here: port 8000 is taken\nnot reached: not run\n"),
            HasSubstr("verdict  ")));
  EXPECT_THAT(
      to_markdown(with_missing()),
      AllOf(HasSubstr("\n- taken: no result: cannot run here: port 8000 is taken\n- not reached: not run\n"),
            HasSubstr("| verdict |")));
  EXPECT_EQ(to_text(Checks{{}, with_missing().missing}, TextStyle{}),
            "taken: no result: cannot run here: port 8000 is taken\nnot reached: not run\n");
  EXPECT_EQ(to_markdown(Checks{{}, with_missing().missing}),
            "- taken: no result: cannot run here: port 8000 is taken\n- not reached: not run\n");
}

TEST(CheckMissing, IsASuiteOfJunitAndNoResultOfJson) {
  EXPECT_THAT(to_junit(with_missing()),
              AllOf(HasSubstr("<error type=\"no result\" message=\"cannot run here: port 8000 is taken\""),
                    HasSubstr("<skipped type=\"skipped\"")));
  EXPECT_EQ(nlohmann::json::parse(to_json(with_missing())).size(), 1U);
}

}  // namespace
}  // namespace hearsay::report
