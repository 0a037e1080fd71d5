// `hearsay run --plan` and `--alpha`: what a verdict costs, and what it may err.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/tools/process.hpp"

namespace hearsay::tools {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using Json = nlohmann::json;

constexpr const char* kTwenty =
    "world = \"sim\"\ncluster.nodes = 10\npublish = { versions = 20, deadline = \"60s\" }\n";

std::string expecting(const std::string& that, const std::string& more = "") {
  return "[[expect]]\nthat = \"" + that + "\"\n" + more;
}

std::string loss(const std::string& share) {
  return "[[fault]]\nname = \"loss\"\nkind = \"drop\"\nprobability = \"" + share + "\"\n";
}

class PlanAndAlpha : public ::testing::Test {
 protected:
  std::string plan(const std::string& more, std::vector<std::string> options = {}) {
    options.insert(options.begin(), {"run", folder_.write("it.toml", kTwenty + more), "--plan"});
    const Ended ended = hearsay(options);
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    return ended.out;
  }

  Folder folder_;
};

TEST_F(PlanAndAlpha, APlanSaysHowManyRunsEachRateTakesAndStartsNothing) {
  const std::string text = plan(loss("30%") + expecting("commit_rate >= 99%") + expecting("lost == 0"));
  EXPECT_THAT(text,
              AllOf(HasSubstr("commit_rate >= 99%: 20 versions a run; a bad system passes with at most 5%"),
                    HasSubstr("100%  passes    15       300"), HasSubstr("as theory has it"),
                    HasSubstr("lost == 0: judged as observed"), HasSubstr("Nothing was run."),
                    Not(HasSubstr("verdict"))));
}

TEST_F(PlanAndAlpha, APlanKnowsWhatElseIsAsked) {
  const std::string rate = expecting("commit_rate >= 99%");
  EXPECT_THAT(plan(rate, {"--repeat", "auto"}), HasSubstr("100%  passes    19       380"));
  EXPECT_THAT(plan(rate, {"--alpha", "1e-4"}), HasSubstr("a good one fails with at most 0.01%"));
  EXPECT_THAT(plan(rate + expecting("commit_latency.p90 <= 8s"), {"--alpha", "1e-4"}),
              HasSubstr("a good one fails with at most 0.005%"));
  EXPECT_THAT(plan(expecting("commit_rate >= 99%", "indifference = \"95%\"\n")),
              HasSubstr("Wald's test of 99% against 95%"));
  EXPECT_THAT(plan(expecting("commit_rate >= 99%") +
                   "[[fault]]\nname = \"k\"\nkind = \"kill\"\nat = \"3s\"\n" + "nodes = { count = 1 }\n"),
              AllOf(HasSubstr("each run is one observation"), HasSubstr("100%  passes    345")));
  EXPECT_THAT(plan(expecting("commit_rate >= 100%")), HasSubstr("100% can be refuted, by one version"));
  EXPECT_THAT(plan("[run]\nwarmup = \"5s\"\n" + expecting("commit_rate >= 99%", "during = \"warmup\"\n")),
              HasSubstr("4 versions a run"));
  EXPECT_THAT(plan(""), HasSubstr("expects nothing"));
}

// 13 of 20 versions commit, or so, at 60 % loss: a p-value of about 1e-3 for 90 %.
TEST_F(PlanAndAlpha, ABudgetIsSplitOverTheRatesOfAllFiles) {
  const std::string one = folder_.write("one.toml", kTwenty + loss("70%") + expecting("commit_rate >= 99%"));
  const std::string two =
      folder_.write("two.toml", kTwenty + expecting("commit_rate >= 50%") + expecting("lost == 0"));
  const Ended ended = hearsay({"run", one, two, "--alpha", "0.01", "--json", "-"});
  EXPECT_EQ(ended.exit_code, 1);
  const Json all = Json::parse(ended.out);
  EXPECT_EQ(all[0]["expectations"][0]["verdict"], "fail");
  EXPECT_EQ(all[0]["expectations"][0]["alpha"], 0.005);
  EXPECT_EQ(all[1]["expectations"][0]["alpha"], 0.01) << "since one has failed already";
  EXPECT_FALSE(all[1]["expectations"][1].contains("alpha")) << "a fact";
  EXPECT_THAT(ended.err, HasSubstr("to repeat: hearsay run " + one + " " + two + " --alpha 0.01\n"));
}

TEST_F(PlanAndAlpha, UntilDecidedABudgetIsSplitEvenly) {
  const std::string one = folder_.write("one.toml", kTwenty + loss("70%") + expecting("commit_rate >= 99%"));
  const std::string two = folder_.write("two.toml", kTwenty + expecting("commit_rate >= 50%"));
  const Ended ended =
      hearsay({"run", one, two, "--repeat", "auto", "--alpha", "1e-6", "--fail-fast", "--json", "-"});
  EXPECT_EQ(ended.exit_code, 1);
  const Json all = Json::parse(ended.out);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0]["expectations"][0]["alpha"], 5e-7);
  EXPECT_EQ(all[0]["expectations"][0]["verdict"], "fail");
}

TEST_F(PlanAndAlpha, IndifferenceIsWaldsTest) {
  const std::string file = folder_.write(
      "it.toml", kTwenty + expecting("commit_rate >= 90%", "confidence = 0.9\nindifference = \"80%\"\n"));
  const Json json =
      Json::parse(hearsay({"run", file, "--repeat", "auto", "--json", "-"}).out)["expectations"][0];
  EXPECT_EQ(json["verdict"], "pass");
  EXPECT_EQ(json["sequential_test"]["indifference"], 0.8);
  EXPECT_EQ(json["sequential_test"]["versions"], 20);
}

}  // namespace
}  // namespace hearsay::tools
