// `hearsay check --against`: another program is measured beside this one. Others are made of this one, by
// scripts that change what they are told.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/junit.hpp"
#include "tests/tools/process.hpp"

namespace hearsay::tools {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kQuickGossip = R"(
world = "sim"
cluster.nodes = 6
gossip.interval = "100ms"
publish = { versions = 5, interval = "100ms", deadline = "5s" }
network.latency = "50ms"
[[expect]]
that = "commit_latency.p99 <= 250ms"
)";

class Against : public ::testing::Test {
 protected:
  /// A program that does `run` where it is to run a scenario, else what hearsay does.
  std::string program(const std::string& run) {
    const std::string path = folder_.write(
        "other", "#!/bin/sh\ncase \"$*\" in\n*--dry-run*) exec " HEARSAY_PROGRAM " \"$@\" ;;\nrun*) " + run +
                     " ;;\n*) exec " HEARSAY_PROGRAM " \"$@\" ;;\nesac\n");
    chmod(path.c_str(), 0755);
    return path;
  }

  /// This one, with more arguments.
  std::string program_with(const std::string& arguments) {
    return program("exec " HEARSAY_PROGRAM " \"$@\" " + arguments);
  }

  Ended check(const std::string& other, std::vector<std::string> options) {
    options.insert(options.begin(), {"check", folder_.write("it.toml", kQuickGossip), "--against", other});
    return hearsay(options);
  }

  Folder folder_;
};

TEST_F(Against, TheSameProgramIsNoWorse) {
  const Ended ended = check(HEARSAY_PROGRAM, {"--repeat", "30", "--json", "-"});
  EXPECT_EQ(ended.exit_code, 0) << ended.err;
  const nlohmann::json result = nlohmann::json::parse(ended.out).at(0);
  EXPECT_EQ(result["check"]["against"], HEARSAY_PROGRAM);
  EXPECT_THAT(result["check"]["told"], IsEmpty());
  for (const nlohmann::json& subject : result["check"]["subjects"]) {
    EXPECT_EQ(subject["worse"], 0);
    EXPECT_EQ(subject["better"], 0);
    EXPECT_EQ(subject["baseline"], subject["now"]);
  }
}

TEST_F(Against, AFasterProgramShowsThisOneToBeSlower) {
  const Ended ended = check(program_with("--set 'network.latency=\"1ms\"'"), {"--repeat", "20"});
  EXPECT_EQ(ended.exit_code, 1) << ended.err;
  EXPECT_THAT(ended.out, AllOf(HasSubstr("commits within 250ms went from"), HasSubstr("under fresh seeds"),
                               HasSubstr("to repeat: hearsay check ")));
}

TEST_F(Against, ABaselineAndAProgramAreJudgedTogether) {
  const std::string baseline = folder_.path("base.json");
  const std::string file = folder_.write("it.toml", kQuickGossip);
  ASSERT_EQ(hearsay({"check", file, "--baseline", baseline, "--update", "--repeat", "30"}).exit_code, 0);
  const Ended ended = check(HEARSAY_PROGRAM, {"--repeat", "20", "--baseline", baseline, "--json", "-"});
  EXPECT_EQ(ended.exit_code, 0) << ended.err;
  const nlohmann::json all = nlohmann::json::parse(ended.out);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0]["check"]["against"], baseline);
  EXPECT_EQ(all[1]["check"]["against"], HEARSAY_PROGRAM);
}

TEST_F(Against, WhatIsNoHearsayIsRefused) {
  for (const auto& [other, why] : std::vector<std::pair<std::string, std::string>>{
           {"/bin/true", "is no hearsay"},
           {folder_.path("none"), "there is no program of this name"},
           {folder_.path("."), "there is no program of this name"},
           {"", "needs the name of a file"}}) {
    const Ended ended = check(other, {});
    EXPECT_EQ(ended.exit_code, 64) << why;
    EXPECT_THAT(ended.err, HasSubstr(why));
    EXPECT_THAT(ended.out, IsEmpty());
  }
  EXPECT_EQ(hearsay({"check", folder_.path("it.toml")}).exit_code, 64);
}

TEST_F(Against, AProgramThatDoesNotTakeTheScenarioIsRefused) {
  const std::string other = folder_.write(
      "older",
      "#!/bin/sh\ncase \"$1\" in --version) echo 'hearsay 0.0.1 (old, g++)' ;; *) echo 'unknown key \"x\"'; "
      "exit 64 ;; esac\n");
  chmod(other.c_str(), 0755);
  const Ended ended = check(other, {});
  EXPECT_EQ(ended.exit_code, 64);
  EXPECT_THAT(ended.err, HasSubstr("older does not take it: it said: unknown key \"x\""));
}

TEST_F(Against, AProgramThatFailsOrSaysNonsenseCannotBeMeasured) {
  for (const auto& [run, why] : std::vector<std::pair<std::string, std::string>>{
           {"echo no luck; exit 70", "under seed 1: it ended with 70; it said: no luck"},
           {"kill -9 $$", "under seed 1: signal 9 ended it"},
           {"exit 0", "under seed 1: "},
           {"exec " HEARSAY_PROGRAM " \"$@\" --seed 5", "under seed 1: "},
           {"exec " HEARSAY_PROGRAM " \"$@\" --set cluster.nodes=7", "it ran with nodes 7, not 6"},
           {"exec " HEARSAY_PROGRAM " \"$@\" --set publish.versions=4", "it ran with versions 4, not 5"}}) {
    const Ended ended = check(program(run), {"--repeat", "3"});
    EXPECT_EQ(ended.exit_code, 69) << run;
    EXPECT_THAT(ended.err, HasSubstr(why));
  }
}

TEST_F(Against, NoOutputReplacesTheOtherProgram) {
  const std::string other = program("exit 70");
  const std::string before = text_of(other);
  const Ended ended = check(other, {"--json", folder_.path("./other")});
  EXPECT_EQ(ended.exit_code, 64);
  EXPECT_THAT(ended.err, HasSubstr("other: this command needs it, as a scenario or what one extends"));
  EXPECT_EQ(text_of(other), before);
}

TEST_F(Against, AScenarioThatCannotBeMeasuredIsMissingInEveryReport) {
  const std::string bad = folder_.write("bad.toml", kQuickGossip);
  const std::string junit = folder_.path("junit.xml");
  const std::string markdown = folder_.path("summary.md");
  const Ended ended = check(
      program("case \"$*\" in *bad.toml*) echo no luck; exit 70 ;; esac; exec " HEARSAY_PROGRAM " \"$@\""),
      {bad, "--repeat", "20", "--junit", junit, "--markdown", markdown, "--json", "-"});
  EXPECT_EQ(ended.exit_code, 69);
  EXPECT_EQ(nlohmann::json::parse(ended.out).size(), 1U);
  EXPECT_THAT(ended.err, HasSubstr("\nbad: no result: "));
  EXPECT_THAT(testing::junit_violations(text_of(junit)), IsEmpty());
  EXPECT_THAT(text_of(junit), AllOf(HasSubstr("<error type=\"no result\""), HasSubstr("it said: no luck")));
  EXPECT_THAT(text_of(markdown), HasSubstr("- bad: no result: "));
}

// Seed 2 is run by this program first, so that the other is interrupted with two runs measured.
TEST_F(Against, AnInterruptionOfTheOtherProgramLeavesWhatWasMeasured) {
  const std::string pipe = folder_.path("pipe");
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  const std::string other = program("case \"$*\" in *'--seed 2 '*) echo reached > " + pipe +
                                    "; exec sleep 1000 ;; esac; exec " HEARSAY_PROGRAM " \"$@\"");
  const std::string junit = folder_.path("junit.xml");
  Process process({"check", folder_.write("it.toml", kQuickGossip), folder_.write("next.toml", kQuickGossip),
                   "--against", other, "--json", "-", "--junit", junit});
  ASSERT_EQ(text_of(pipe), "reached\n");
  process.signal(SIGINT);
  const Ended ended = process.wait();
  EXPECT_EQ(ended.exit_code, 130);
  const nlohmann::json all = nlohmann::json::parse(ended.out);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0]["runs"], 2);
  EXPECT_EQ(all[0]["interrupted"], true);
  EXPECT_EQ(all[0]["check"]["verdict"], "inconclusive");
  EXPECT_THAT(ended.err, HasSubstr("\nnext: not run\n"));
  EXPECT_THAT(text_of(junit), HasSubstr("<skipped type=\"skipped\""));
}

TEST_F(Against, AnInterruptionEndsTheOtherProgramToo) {
  Process process({"check", folder_.write("it.toml", kQuickGossip), "--against", program("exec sleep 1000")});
  process.wait_for("1000 runs");
  process.signal(SIGINT);
  EXPECT_EQ(process.wait().exit_code, 130);
}

}  // namespace
}  // namespace hearsay::tools
