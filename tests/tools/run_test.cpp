// `hearsay run`: what it runs, and what it ends with.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/tools/process.hpp"

namespace hearsay::tools {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;
using Json = nlohmann::json;

constexpr const char* kWillFail = "[[expect]]\nthat = \"messages.sent <= 3\"\n";
constexpr const char* kCannotTell = "[[expect]]\nthat = \"commit_rate >= 99%\"\n";

class RunCommand : public ::testing::Test {
 protected:
  /// Runs a scenario of this text; the machine's lag decides nothing.
  Ended run(const std::string& text, std::vector<std::string> options = {}) {
    std::vector<std::string> arguments = {"run", folder_.write("it.toml", text), "--max-lag", "10s"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return hearsay(arguments);
  }

  Json result(const std::string& text, std::vector<std::string> options = {}) {
    options.insert(options.end(), {"--json", "-"});
    return Json::parse(run(text, options).out);
  }

  Folder folder_;
};

TEST_F(RunCommand, PassEndsWith0) {
  const Ended ended = run(quick("[[expect]]\nthat = \"lost == 0\"\n"));
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_THAT(ended.out, AllOf(StartsWith(folder_.path("it.toml") +
                                          ": seed 1, world live, 4 nodes, 5 versions, max lag 10s\n"),
                               HasSubstr("5 published: 5 committed, 0 lost"), HasSubstr("verdict: pass")));
  EXPECT_THAT(ended.err, IsEmpty());
}

TEST_F(RunCommand, AFailedExpectationEndsWith1AndTheCommandToRepeat) {
  const Ended ended = run(quick(kWillFail), {"--seed", "7", "--set", "gossip.rounds=2"});
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_THAT(ended.out,
              EndsWith(fmt::format("to repeat: hearsay run {} --world live --seed 7 --set gossip.rounds=2 "
                                   "--max-lag 10s\n",
                                   folder_.path("it.toml"))));
}

TEST_F(RunCommand, TheCommandToRepeatRepeats) {
  const std::string file = folder_.write("with space's.toml", quick(kWillFail));
  const Ended ended = hearsay({"run", file, "--max-lag", "10s"});
  EXPECT_THAT(ended.out,
              HasSubstr("hearsay run '" + folder_.path("with space'\\''s.toml") + "' --world live"));
}

TEST_F(RunCommand, TooLittleEvidenceEndsWith2) {
  const Ended ended = run(quick(kCannotTell));
  EXPECT_EQ(ended.exit_code, 2);
  EXPECT_THAT(ended.out, HasSubstr("verdict: inconclusive"));
}

TEST_F(RunCommand, AFaultThatHitsNothingEndsWith2) {
  const Ended ended =
      run(quick("[[fault]]\nname = \"late\"\nkind = \"drop\"\nprobability = 1\nat = \"20s\"\n"));
  EXPECT_EQ(ended.exit_code, 2);
  EXPECT_THAT(ended.out, HasSubstr("late"));
}

TEST_F(RunCommand, ATakenPortEndsWith69AndItsNumber) {
  const std::uint16_t first = testing::free_ports(4);
  const auto taken = static_cast<std::uint16_t>(first + 3);
  const testing::Descriptor other = testing::occupy(taken);
  const Ended ended = run(quick(), {"--set", fmt::format("cluster.start_port={}", first)});
  EXPECT_EQ(ended.exit_code, 69);
  EXPECT_THAT(ended.err, HasSubstr(fmt::format("port {} is already in use", taken)));
}

TEST_F(RunCommand, TooFewFilesEndWith69AndTheNumberNeeded) {
  const Ended ended = hearsay({"run", folder_.write("it.toml", quick()), "--set", "cluster.nodes=100000"},
                              {.most_files = 200});
  EXPECT_EQ(ended.exit_code, 69);
  EXPECT_THAT(ended.err, HasSubstr("100000 nodes need 300160 open files"));
}

TEST_F(RunCommand, AResultThatCannotBeWrittenEndsWith69AndLosesNothingElse) {
  const std::string csv = folder_.path("result.csv");
  const Ended ended = run(quick(kWillFail), {"--json", "/dev/full", "--csv", csv});
  EXPECT_EQ(ended.exit_code, 69);
  EXPECT_THAT(ended.err, HasSubstr("cannot write /dev/full: No space left on device"));
  EXPECT_THAT(text_of(csv), StartsWith("scenario,"));
  EXPECT_THAT(ended.out, HasSubstr("to repeat: hearsay run "));
}

TEST_F(RunCommand, WhatCannotRunLosesNoOtherResult) {
  const std::string fine = folder_.write("fine.toml", quick());
  const std::uint16_t port = testing::free_ports(4);
  const testing::Descriptor taken = testing::occupy(port);
  const std::string not_here =
      folder_.write("not.toml", quick(fmt::format("cluster.start_port = {}\n", port)));
  const Ended ended = hearsay({"run", fine, not_here, "--json", "-"});
  EXPECT_EQ(ended.exit_code, 69);
  const Json results = Json::parse(ended.out);
  ASSERT_EQ(results.size(), 1U);
  EXPECT_EQ(results[0]["scenario"], "fine");
}

TEST_F(RunCommand, TheWorstOfSeveralScenariosDecides) {
  const std::string pass = folder_.write("pass.toml", quick());
  const std::string fail = folder_.write("fail.toml", quick(kWillFail));
  const std::string unclear = folder_.write("unclear.toml", quick(kCannotTell));
  const Ended all = hearsay({"run", fail, unclear, pass, "--max-lag", "10s", "--json", "-"});
  EXPECT_EQ(all.exit_code, 1);
  const Json results = Json::parse(all.out);
  ASSERT_EQ(results.size(), 3U);
  EXPECT_EQ(results[0]["verdict"], "fail");
  EXPECT_EQ(results[1]["verdict"], "inconclusive");
  EXPECT_EQ(results[2]["verdict"], "pass");
  EXPECT_EQ(hearsay({"run", pass, unclear, "--max-lag", "10s"}).exit_code, 2);
}

TEST_F(RunCommand, AFolderIsRunInTheOrderOfNames) {
  folder_.write("b.toml", quick());
  folder_.write("a.toml", quick());
  folder_.write("notes.txt", "no scenario");
  const Ended ended = hearsay({"run", folder_.path(""), "--dry-run"});
  EXPECT_EQ(ended.exit_code, 0);
  ASSERT_EQ(lines_of(ended.out).size(), 2U);
  EXPECT_THAT(lines_of(ended.out)[0], HasSubstr("a.toml: seed 1"));
}

TEST_F(RunCommand, SeveralScenariosGiveAListHoweverManyAreLeft) {
  const std::string fail = folder_.write("fail.toml", quick(kWillFail));
  const Ended ended = hearsay({"run", fail, fail, "--fail-fast", "--json", "-"});
  EXPECT_EQ(Json::parse(ended.out).size(), 1U);
  EXPECT_TRUE(Json::parse(ended.out).is_array());
}

TEST_F(RunCommand, FailFastStopsAtTheFirstThatDoesNotPass) {
  const std::string pass = folder_.write("pass.toml", quick());
  const std::string fail = folder_.write("fail.toml", quick(kWillFail));
  const Ended ended = hearsay({"run", pass, fail, pass, "--fail-fast", "--max-lag", "10s", "--json", "-"});
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_EQ(Json::parse(ended.out).size(), 2U);
}

TEST_F(RunCommand, ADryRunStartsNothing) {
  const std::uint16_t port = testing::free_ports(1);
  const testing::Descriptor taken = testing::occupy(port);
  const std::string json = folder_.path("result.json");
  const Ended ended =
      run(quick(), {"--dry-run", "--set", fmt::format("cluster.start_port={}", port), "--json", json});
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_EQ(lines_of(ended.out).size(), 1U);
  EXPECT_FALSE(std::filesystem::exists(json));
}

TEST_F(RunCommand, SettingsAndSeedBeatTheFile) {
  const Json json =
      result("seed = 3\n" + quick(), {"--set", "gossip.rounds=2", "--set", "publish.versions=7"});
  EXPECT_EQ(json["seed"], 3);
  EXPECT_EQ(json["versions"]["published"], 7);
  EXPECT_EQ(json["messages"]["sent"], 7 * (4 * 2 * 3 + 3));
  EXPECT_EQ(result("seed = 3\n" + quick(), {"--seed", "4"})["seed"], 4);
}

TEST_F(RunCommand, TheSeedDecidesWhoLearns) {
  const std::string lossy = quick("[[fault]]\nname = \"loss\"\nkind = \"drop\"\nprobability = 0.7\n");
  const auto digest = [&](const char* seed) { return result(lossy, {"--seed", seed})["learned_digest"]; };
  EXPECT_EQ(digest("11"), digest("11"));
  EXPECT_NE(digest("11"), digest("12"));
}

TEST_F(RunCommand, RepeatedRunsAreMerged) {
  const Json json = result(quick(), {"--repeat", "3", "--seed", "5"});
  EXPECT_EQ(json["runs"], 3);
  EXPECT_EQ(json["interval"], "exact");
  EXPECT_EQ(json["seed"], 5);
  EXPECT_EQ(json["versions"]["published"], 15);
  EXPECT_EQ(json["messages"]["sent"], 15 * (4 * 5 * 3 + 3));
}

// Some 70 clean versions show 95 %, looked at after every few runs.
TEST_F(RunCommand, RunsAreAddedUntilEveryRateIsDecided) {
  const std::string text = "world = \"sim\"\n" + quick("[[expect]]\nthat = \"commit_rate >= 95%\"\n");
  const Json json = result(text, {"--repeat", "auto"});
  EXPECT_EQ(json["verdict"], "pass");
  EXPECT_EQ(json["interval"], "sequence");
  EXPECT_EQ(json["interrupted"], false);
  EXPECT_GT(json["versions"]["committed"], 59);
  EXPECT_LT(json["versions"]["committed"], 150);
  EXPECT_EQ(result(text, {"--repeat", "auto", "--jobs", "1"})["runs"], json["runs"]);
  EXPECT_EQ(result(quick("[[expect]]\nthat = \"lost == 0\"\n"), {"--repeat", "auto"})["runs"], 1);
}

TEST_F(RunCommand, RunsAreAddedUpToAMost) {
  const std::string text = "world = \"sim\"\n" + quick("[[expect]]\nthat = \"commit_rate >= 99.9%\"\n");
  const Ended ended = run(text, {"--repeat", "auto", "--max-runs", "7", "--json", "-"});
  EXPECT_EQ(ended.exit_code, 2);
  EXPECT_EQ(Json::parse(ended.out)["runs"], 7);
  EXPECT_THAT(ended.err, HasSubstr("--repeat auto --max-runs 7"));
}

TEST_F(RunCommand, ATimeoutEndsItWithPartialResults) {
  const Ended ended = run(endless(), {"--timeout", "200ms", "--json", "-"});
  EXPECT_EQ(ended.exit_code, 2);
  const Json json = Json::parse(ended.out);
  EXPECT_EQ(json["interrupted"], true);
  EXPECT_GT(json["versions"]["open"], 0);
}

}  // namespace
}  // namespace hearsay::tools
