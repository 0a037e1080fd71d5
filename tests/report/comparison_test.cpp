#include "report/comparison.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/report/results.hpp"
#include "tests/support/junit.hpp"

namespace hearsay::report {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using Json = nlohmann::ordered_json;

Row row(const std::string& value) {
  return {.settings = {{"fault.bad wifi.probability", value}, {"gossip.fanout", "3"}}, .result = lossy()};
}

/// A reference that is known exactly, one that is worse, and one that nothing can be said of.
Comparison three() {
  Comparison comparison;
  comparison.rows = {row("0"), row("30%"), row("a|b")};
  comparison.rows[0].theory = 0.5;
  comparison.rows[0].reference = true;
  comparison.rows[0].winner = true;
  comparison.rows[1].standing = {
      {.difference = -0.25, .interval = {-0.4, -0.1}, .better_p_value = 1, .worse_p_value = 1e-6},
      {.adjusted_p_value = 4e-6, .standing = verdict::Standing::worse}};
  comparison.rows[2].standing.emplace();
  return comparison;
}

TEST(ComparisonText, ShowsOneRowASetting) {
  const std::string text = to_text(three(), {});
  EXPECT_THAT(text, AllOf(StartsWith("bad wifi.probability  gossip.fanout  versions"), HasSubstr("reference"),
                          HasSubstr("-25.00 (-40.00..-10.00)"), HasSubstr("worse"), HasSubstr("winner"),
                          Not(HasSubstr("\x1b"))));
  EXPECT_THAT(text, HasSubstr("············○·····"));
  EXPECT_THAT(to_text(three(), {.colour = true}), HasSubstr("\x1b[31mworse\x1b[0m"));
}

TEST(ComparisonText, RowsWithoutTheirReferenceStandNowhere) {
  Comparison comparison = three();
  comparison.rows.erase(comparison.rows.begin());
  comparison.rows[0].standing.reset();
  EXPECT_THAT(to_text(comparison, {}), Not(HasSubstr("reference  ")));
  const Json all = Json::parse(to_json(comparison));
  EXPECT_EQ(all[0]["reference"], false);
  EXPECT_EQ(all[0]["versus_reference"], nullptr);
}

TEST(ComparisonText, NamesScenariosWhereThereAreSeveral) {
  Comparison comparison = three();
  EXPECT_THAT(to_text(comparison, {}), Not(HasSubstr("thirty percent loss")));
  comparison.by_scenario = true;
  EXPECT_THAT(to_text(comparison, {}), HasSubstr("thirty percent loss"));
}

TEST(ComparisonText, BearsNothing) {
  EXPECT_THAT(to_text(Comparison{}, {}), HasSubstr("rate"));
  Comparison comparison;
  comparison.rows.resize(1);
  EXPECT_THAT(to_text(comparison, {}), HasSubstr("reference"));
}

TEST(ComparisonJson, IsTheResultObjectWithItsStanding) {
  const Json all = Json::parse(to_json(three()));
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[1]["scenario"], "thirty percent loss");
  EXPECT_EQ(all[1]["settings"], (Json{{"fault.bad wifi.probability", "30%"}, {"gossip.fanout", "3"}}));
  EXPECT_EQ(all[0]["theory"], (Json{{"commit_rate", 0.5}}));
  EXPECT_EQ(all[1]["theory"], nullptr);
  EXPECT_EQ(all[0]["reference"], true);
  EXPECT_EQ(all[0]["versus_reference"], nullptr);
  EXPECT_EQ(all[1]["versus_reference"]["commit_rate"],
            (Json{{"difference", -0.25}, {"low", -0.4}, {"high", -0.1}, {"confidence", 0.95}}));
  EXPECT_EQ(all[1]["versus_reference"]["adjusted_p_value"], 4e-6);
  EXPECT_EQ(all[1]["versus_reference"]["standing"], "worse");
  EXPECT_EQ(all[2]["versus_reference"]["standing"], "undecided");
  EXPECT_EQ(to_json(Comparison{}), "[]\n");
}

TEST(ComparisonCsv, HasOneLineARow) {
  const std::string text = to_csv(three());
  EXPECT_THAT(text, StartsWith("scenario,fault.bad wifi.probability,gossip.fanout,world,runs,"));
  EXPECT_THAT(text, AllOf(HasSubstr(",0.5,,,,,,reference,yes\r\n"),
                          HasSubstr(",-0.25,-0.4,-0.1,2e-06,4e-06,worse,no\r\n")));
}

TEST(ComparisonMarkdown, IsATableWhoseTextIsEscaped) {
  EXPECT_THAT(to_markdown(three()), AllOf(StartsWith("| bad wifi.probability | gossip.fanout | versions |"),
                                          HasSubstr("\n| ---: | ---: |"), HasSubstr("| a\\|b | 3 |")));
}

TEST(ComparisonJunit, ARowIsASuiteThatFailsWhereItIsWorse) {
  Comparison comparison = three();
  comparison.rows[1].result.command = "hearsay compare a.toml --loss 0..30%";
  comparison.missing.push_back({.why = "cannot run here: port 8000 is taken"});
  const std::string text = to_junit(comparison);
  EXPECT_THAT(hearsay::testing::junit_violations(text), ::testing::IsEmpty());
  EXPECT_THAT(
      text,
      AllOf(HasSubstr("name=\"thirty percent loss fault.bad wifi.probability=30% gossip.fanout=3\""),
            HasSubstr("name=\"gossip.fanout\" value=\"3\""),
            HasSubstr("<failure type=\"fail\" message=\"the commit rate differs by -25.00 "
                      "(-40.00..-10.00) percentage points: worse\">"),
            HasSubstr("to repeat: hearsay compare a.toml --loss 0..30%\n"), HasSubstr("port 8000 is taken")));
}

}  // namespace
}  // namespace hearsay::report
