// `hearsay check`: what it measures, what it finds and what it refuses.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "tests/tools/process.hpp"

namespace hearsay::tools {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;
using Json = nlohmann::json;

constexpr const char* kLossy = R"(
world = "sim"
cluster.nodes = 10
gossip.interval = "100ms"
publish = { versions = 5, interval = "100ms", deadline = "5s" }
[[fault]]
name = "wifi"
kind = "drop"
probability = "40%"
[[expect]]
that = "commit_latency.p99 <= 600ms"
)";

class Check : public ::testing::Test {
 protected:
  Ended check(std::vector<std::string> options, const std::string& text = kLossy) {
    options.insert(options.begin(), {"check", folder_.write("it.toml", text), "--baseline", baseline_});
    return hearsay(options);
  }

  void update(const std::string& text = kLossy, const std::string& repeat = "100") {
    const Ended ended = check({"--update", "--repeat", repeat}, text);
    ASSERT_EQ(ended.exit_code, 0) << ended.err;
  }

  Json checked(std::vector<std::string> options, const std::string& text = kLossy) {
    options.insert(options.end(), {"--json", "-"});
    return Json::parse(check(options, text).out).at(0);
  }

  static Json subject(const Json& result, const std::string& name) {
    for (const Json& subject : result["check"]["subjects"])
      if (subject["subject"] == name) return subject;
    return {};
  }

  Folder folder_;
  std::string baseline_ = folder_.path("base.json");
};

TEST_F(Check, WhatIsAsItWasPasses) {
  update();
  const Json result = checked({});
  EXPECT_EQ(result["schema"], "hearsay/result/1");
  EXPECT_EQ(result["runs"], 100);
  EXPECT_EQ(result["check"]["verdict"], "pass");
  EXPECT_THAT(result["check"]["told"], IsEmpty());
  EXPECT_EQ(result["check"]["subjects"].size(), 3U);
  for (const Json& subject : result["check"]["subjects"]) {
    EXPECT_EQ(subject["worse"], 0);
    EXPECT_EQ(subject["better"], 0);
    EXPECT_EQ(subject["fresh"], nullptr);
    EXPECT_TRUE(subject["smallest"].is_number());
  }
  EXPECT_EQ(check({}).exit_code, 0);
}

TEST_F(Check, OneThatCommitsLessIsFoundConfirmedAndShown) {
  update();
  const Ended ended = check({"--set", "fault.wifi.probability=70%"});
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_THAT(ended.out,
              AllOf(HasSubstr("fault.wifi.probability was 40%, now is 70%"), HasSubstr("commit rate"),
                    HasSubstr("under fresh seeds"), HasSubstr("to repeat: hearsay check ")));
  const Json result = checked({"--set", "fault.wifi.probability=70%"});
  EXPECT_EQ(result["check"]["verdict"], "fail");
  const Json rate = subject(result, "commit_rate");
  EXPECT_EQ(rate["regression"], true);
  EXPECT_EQ(rate["pairs"], 500);
  EXPECT_GT(rate["fresh"]["worse"], rate["fresh"]["better"]);
  EXPECT_LT(rate["high"], 0);
  // The command shows the run: it commits less than the rate of the scenario before.
  std::vector<std::string> words;
  std::istringstream command(rate["show"].get<std::string>());
  for (std::string word; command >> word;) words.push_back(word);
  ASSERT_EQ(words.front(), "hearsay");
  words.erase(words.begin());
  words.insert(words.end(), {"--json", "-"});
  const Json shown = Json::parse(hearsay(words).out);
  EXPECT_EQ(shown["seed"], rate["seed"]);
  EXPECT_LT(shown["commit_rate"]["value"], rate["baseline"]);
  EXPECT_EQ(subject(result, "messages")["regression"], false);
}

TEST_F(Check, OneThatSendsMoreIsFound) {
  update();
  const Json result = checked({"--set", "gossip.rounds=6"});
  EXPECT_EQ(result["check"]["verdict"], "fail");
  EXPECT_EQ(subject(result, "commit_rate")["regression"], false);
  const Json messages = subject(result, "messages");
  EXPECT_EQ(messages["unit"], "run");
  EXPECT_EQ(messages["regression"], true);
  EXPECT_NEAR(messages["difference"], 0.2, 0.01);
}

TEST_F(Check, OneThatCommitsLaterIsFound) {
  update();
  const Json result = checked({"--set", "network.latency=\"30ms\""});
  EXPECT_EQ(subject(result, "commit_rate")["worse"], 0);
  EXPECT_EQ(subject(result, "commit_rate(within = \"600ms\")")["regression"], true);
}

TEST_F(Check, OnlyWhatIsWorseIsARegression) {
  update();
  const Ended ended = check({"--set", "fault.wifi.probability=10%"});
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_THAT(ended.out, HasSubstr("pass"));
}

TEST_F(Check, WhatIsSlightlyBetterIsNoRegressionHoweverManyFalseAlarmsAreAllowed) {
  update(kLossy, "1");
  const Json result = checked({"--alpha", "0.25", "--set", "fault.wifi.probability=38%"});
  for (const Json& subject : result["check"]["subjects"])
    EXPECT_TRUE(subject["worse"] > subject["better"] || subject["regression"] == false) << subject;
}

TEST_F(Check, AnUpdateThatCouldNotBeReadAgainIsRefusedBeforeAnythingStarts) {
  const std::string many = std::string(kLossy) +
                           "[[expect]]\nthat = 'commit_rate(within = \"1s\") >= 50%'\n"
                           "[[expect]]\nthat = 'commit_rate(within = \"2s\") >= 50%'\n"
                           "[[expect]]\nthat = 'commit_rate(within = \"3s\") >= 50%'\n"
                           "[[expect]]\nthat = 'commit_rate(within = \"4s\") >= 50%'\n";
  const Ended ended = check({"--update", "--repeat", "1000000", "--set", "publish.versions=90"}, many);
  EXPECT_EQ(ended.exit_code, 64);
  EXPECT_THAT(ended.err, HasSubstr("have too many versions for one baseline"));
  EXPECT_THAT(text_of(baseline_), IsEmpty());
}

TEST_F(Check, OtherSeedsAreToldAndJudged) {
  update();
  const Json result = checked({"--seed", "90"});
  EXPECT_EQ(result["check"]["verdict"], "pass");
  EXPECT_THAT(result["check"]["told"].dump(), HasSubstr("11 of 100 runs share their draws"));
  EXPECT_EQ(checked({"--seed", "90", "--set", "gossip.rounds=6"})["check"]["verdict"], "fail");
}

TEST_F(Check, ABaselineMeasuredByAnotherProgramIsToldAndJudged) {
  update();
  std::string text = text_of(baseline_);
  const std::size_t at = text.find("\"program\": \"hearsay ");
  ASSERT_NE(at, std::string::npos);
  text.replace(at, text.find('\n', at) - at, "\"program\": \"hearsay 0.0.1 (old)\",");
  folder_.write("base.json", text);
  const Json result = checked({});
  EXPECT_EQ(result["check"]["verdict"], "pass");
  EXPECT_THAT(result["check"]["told"].at(0),
              StartsWith("the baseline was measured by hearsay 0.0.1 (old), this is "));
}

TEST_F(Check, VersionsThatShareAKillAreJudgedByRuns) {
  const std::string kill =
      std::string(kLossy) +
      "[[fault]]\nname = \"kill\"\nkind = \"kill\"\nnodes = { count = 1 }\nat = \"150ms\"\n"
      "restart_after = \"200ms\"\n";
  update(kill);
  const Json result = checked({"--set", "fault.wifi.probability=70%"}, kill);
  EXPECT_EQ(subject(result, "commit_rate")["unit"], "run");
  EXPECT_EQ(subject(result, "commit_rate")["pairs"], 100);
  EXPECT_EQ(subject(result, "commit_rate")["regression"], true);
}

TEST_F(Check, AFewRunsCannotPass) {
  update(kLossy, "2");
  const Ended ended = check({});
  EXPECT_EQ(ended.exit_code, 2);
  EXPECT_THAT(ended.out, HasSubstr("2 runs are too few to find a regression"));
}

TEST_F(Check, TakesAsManyRunsAsTheBaselineHas) {
  update(kLossy, "30");
  EXPECT_EQ(checked({})["runs"], 30);
  EXPECT_EQ(checked({"--repeat", "20"})["runs"], 20);
  const Json result = checked({"--repeat", "100"});
  EXPECT_EQ(result["runs"], 30);
  EXPECT_THAT(result["check"]["told"].dump(), HasSubstr("the baseline has 30 runs"));
}

TEST_F(Check, ANewBoundIsToldAndNotJudged) {
  update();
  const std::string more = std::string(kLossy) + "[[expect]]\nthat = 'commit_rate(within = \"1s\") >= 50%'\n";
  const Json result = checked({}, more);
  EXPECT_EQ(result["check"]["subjects"].size(), 3U);
  EXPECT_THAT(result["check"]["told"].dump(), AllOf(HasSubstr("commits within 1s are not judged"),
                                                    HasSubstr("expect.2.that was not written")));
}

TEST_F(Check, AnUpdateKeepsScenariosThatAreNotGiven) {
  update();
  const std::string before = text_of(baseline_);
  const std::string other = folder_.write("other.toml", kLossy);
  EXPECT_EQ(hearsay({"check", other, "--baseline", baseline_, "--update", "--repeat", "20"}).exit_code, 0);
  const Json both = Json::parse(text_of(baseline_));
  EXPECT_EQ(both["scenarios"].size(), 2U);
  EXPECT_EQ(both["scenarios"]["it"], Json::parse(before)["scenarios"]["it"]);
  EXPECT_EQ(both["scenarios"]["other"]["runs"], 20);
}

TEST_F(Check, AnUpdateIsTheSameWhateverTheJobs) {
  update();
  const std::string before = text_of(baseline_);
  EXPECT_EQ(check({"--update", "--repeat", "100", "--jobs", "1"}).exit_code, 0);
  EXPECT_EQ(text_of(baseline_), before);
}

TEST_F(Check, NothingUnsoundBecomesABaseline) {
  const std::string never =
      std::string(kLossy) + "[[fault]]\nname = \"late\"\nkind = \"drop\"\nprobability = 1\nat = \"5s\"\n";
  const Ended ended = check({"--update", "--repeat", "5"}, never);
  EXPECT_EQ(ended.exit_code, 2);
  EXPECT_THAT(ended.err, AllOf(HasSubstr("no ground for a baseline: fault \"late\" never hit"),
                               HasSubstr("base.json is not written")));
  EXPECT_FALSE(std::filesystem::exists(baseline_));
  update();
  const std::string before = text_of(baseline_);
  EXPECT_THAT(check({"--update", "--repeat", "5"}, never).err, HasSubstr("base.json is left as it was"));
  EXPECT_EQ(text_of(baseline_), before);
}

TEST_F(Check, AnInterruptedUpdateLeavesTheBaseline) {
  update();
  const std::string before = text_of(baseline_);
  Process process({"check", folder_.write("it.toml", endless()), "--baseline", baseline_, "--update"});
  process.wait_for("20 runs");
  process.signal(SIGINT);
  EXPECT_EQ(process.wait().exit_code, 130);
  EXPECT_EQ(text_of(baseline_), before);
}

TEST_F(Check, WhatCannotBeComparedIsRefused) {
  update();
  const std::vector<std::pair<std::vector<std::string>, std::string>> bad = {
      {{"--world", "live"}, "world is live and was sim in "},
      {{"--set", "cluster.nodes=11"}, "cluster.nodes is 11 and was 10 in "},
      {{"--set", "publish.versions=6"}, "publish.versions is 6 and was 5 in "},
      {{"--set", "cluster.commit=\"alive\""}, "cluster.commit is alive and was all in "},
      {{"--set", "name=\"else\""}, "has no scenario called \"else\"; --update adds it"},
      {{"--seed", "4294967290"}, "take a smaller seed"},
      {{"--alpha", "2"}, "must be a chance from 1e-12 to 0.25, not \"2\""},
      {{"--alpha", "0.26"}, "must be a chance from 1e-12 to 0.25, not \"0.26\""},
      {{"--alpha", "nan"}, "must be a chance from 1e-12 to 0.25, not \"nan\""},
      {{"--repeat", "0"}, "--repeat"},
      {{"--update", "--alpha", "0.1"}, "--alpha"},
      {{"--update", "--json", "-"}, "--json"},
      {{"--json", baseline_}, "base.json"},
  };
  for (const auto& [options, why] : bad) {
    const Ended ended = check(options);
    EXPECT_EQ(ended.exit_code, 64) << why;
    EXPECT_THAT(ended.err, HasSubstr(why));
    EXPECT_THAT(ended.out, IsEmpty()) << why;
  }
}

TEST_F(Check, ABadBaselineIsRefusedBeforeAnythingStarts) {
  const auto refused = [&](const std::vector<std::string>& options, const std::string& why) {
    const Ended ended = check(options);
    EXPECT_EQ(ended.exit_code, 64) << why;
    EXPECT_THAT(ended.err, HasSubstr(why));
    EXPECT_THAT(ended.out, IsEmpty()) << why;
  };
  refused({}, "base.json: no such file; --update writes it");
  folder_.write("base.json", "{\n  \"schema\": ");
  refused({}, "base.json:2:13: is no JSON");
  refused({"--update"}, "base.json:2:13: is no JSON");
  folder_.write("base.json", "{\"schema\": \"else/1\"}");
  refused({"--update"}, "schema: must be \"hearsay/baseline/1\", not \"else/1\"");
  baseline_ = folder_.path("no/base.json");
  refused({"--update"}, "no/base.json: cannot be written");
  baseline_ = folder_.path(".");
  refused({"--update"}, "must be a regular file");
  baseline_ = folder_.path("it.toml");
  refused({"--update"}, "it.toml: is a scenario file, and so cannot be the baseline too");
}

TEST_F(Check, ANameThatABaselineCannotHoldIsRefusedBeforeAnythingStarts) {
  const std::string file = folder_.write("\xff.toml", kLossy);
  const Ended ended = hearsay({"check", file, "--baseline", baseline_, "--update"});
  EXPECT_EQ(ended.exit_code, 64);
  EXPECT_THAT(ended.err, HasSubstr("a baseline can hold only names and values that are UTF-8"));
  EXPECT_THAT(ended.out, IsEmpty());
}

TEST_F(Check, ABaselineIsAFile) {
  baseline_ = "-";
  EXPECT_EQ(check({"--update"}).exit_code, 64);
}

TEST_F(Check, ScenariosOfOneNameAreRefused) {
  const std::string named = std::string("name = \"it\"\n") + kLossy;
  const std::string one = folder_.write("one.toml", named);
  const std::string two = folder_.write("two.toml", named);
  const Ended ended = hearsay({"check", one, two, "--baseline", baseline_, "--update"});
  EXPECT_EQ(ended.exit_code, 64);
  EXPECT_THAT(ended.err, HasSubstr("has the name \"it\", as "));
}

TEST_F(Check, ADryRunStartsNothing) {
  const Ended ended = check({"--update", "--dry-run"});
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_EQ(lines_of(ended.out).size(), 1U);
  EXPECT_THAT(ended.out, HasSubstr("1000 runs, into "));
  EXPECT_THAT(text_of(baseline_), IsEmpty());
}

}  // namespace
}  // namespace hearsay::tools
