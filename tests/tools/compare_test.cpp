// `hearsay compare`: rows side by side, and what it ends with.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/exact_binomial.hpp"
#include "tests/tools/process.hpp"

namespace hearsay::tools {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;
using Json = nlohmann::json;

constexpr const char* kFifty =
    "world = \"sim\"\ncluster.nodes = 50\npublish = { versions = 20, deadline = \"60s\" }\n";
constexpr const char* kWifi = "[[fault]]\nname = \"bad wifi\"\nkind = \"drop\"\nprobability = \"30%\"\n";

class Compare : public ::testing::Test {
 protected:
  Ended compare(std::vector<std::string> options, const std::string& text = kFifty) {
    options.insert(options.begin(), {"compare", folder_.write("it.toml", text)});
    return hearsay(options);
  }

  Json rows(std::vector<std::string> options, const std::string& text = kFifty) {
    options.insert(options.end(), {"--json", "-"});
    return Json::parse(compare(options, text).out);
  }

  Folder folder_;
};

// Each of eight rows is off its exact chance by as much as this test rejects with probability 1e-7 at most,
// so all of it with 8e-7. The seeds are fixed.
TEST_F(Compare, StatisticsOfLossAgreeWithTheExactLawInEveryRow) {
  const Json all = rows({"--loss", "0..70%:10%", "--repeat", "60"});
  ASSERT_THAT(all, SizeIs(8));
  for (const Json& row : all) {
    const std::uint64_t committed = row["versions"]["committed"];
    const double p_value = testing::two_sided_p_value(committed, 1200, row["theory"]["commit_rate"]);
    EXPECT_GT(p_value, 1e-7) << row["settings"];
  }
}

TEST_F(Compare, RowsHaveTheirSettingsAndAreSetAgainstTheFirst) {
  const Json all = rows({"--vary", "gossip.fanout=3,2", "--vary", "fault.bad wifi.probability=0,60%"},
                        std::string(kFifty) + kWifi);
  ASSERT_THAT(all, SizeIs(4));
  EXPECT_EQ(all[0]["settings"], (Json{{"gossip.fanout", "3"}, {"fault.bad wifi.probability", "0"}}));
  EXPECT_EQ(all[3]["settings"], (Json{{"gossip.fanout", "2"}, {"fault.bad wifi.probability", "60%"}}));
  EXPECT_EQ(all[0]["reference"], true);
  EXPECT_EQ(all[0]["versus_reference"], nullptr);
  const Json& worst = all[3]["versus_reference"];
  EXPECT_LT(worst["commit_rate"]["high"], 0);
  EXPECT_LE(worst["commit_rate"]["low"], worst["commit_rate"]["difference"]);
  EXPECT_GE(worst["adjusted_p_value"], worst["p_value"]);
  EXPECT_EQ(worst["standing"], "worse");
  EXPECT_EQ(all[3]["schema"], "hearsay/result/1");
}

// All draws of two rows that differ in nothing are the same.
TEST_F(Compare, RowsShareTheirDraws) {
  const Json all = rows({"--vary", "name=a,b", "--loss", "50%"});
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0]["trace_digest"], all[1]["trace_digest"]);
  EXPECT_EQ(all[1]["versus_reference"]["commit_rate"]["difference"], 0);
  EXPECT_EQ(all[1]["versus_reference"]["standing"], "undecided");
  EXPECT_EQ(all[0]["winner"], false);
}

TEST_F(Compare, AnotherReferenceCanBeNamed) {
  const Json all = rows({"--vary", "gossip.fanout=2,3", "--loss", "0,50%", "--reference", "gossip.fanout=3",
                         "--reference", "fault.loss.probability=50%"});
  EXPECT_EQ(all[3]["reference"], true);
  EXPECT_EQ(all[0]["reference"], false);
  EXPECT_EQ(compare({"--loss", "0,50%", "--reference", "fault.loss.probability=10%"}).exit_code, 64);
  const Ended ended =
      compare({"--vary", "gossip.fanout=2,3", "--loss", "0,50%", "--reference", "gossip.fanout=3"});
  EXPECT_EQ(ended.exit_code, 64);
  EXPECT_THAT(ended.err, AllOf(HasSubstr("2 rows are called so"), HasSubstr("\"gossip.fanout=2\"")));
}

TEST_F(Compare, FilesAreComparedUnderTheSeedOfTheFirst) {
  const std::string one = folder_.write("one.toml", std::string("seed = 5\n") + kFifty);
  const std::string two = folder_.write("two.toml", std::string("seed = 9\n") + kFifty + kWifi);
  const Ended ended = hearsay({"compare", one, two, "--json", "-"});
  const Json all = Json::parse(ended.out);
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[1]["seed"], 5);
  EXPECT_EQ(all[1]["scenario"], "two");
  EXPECT_THAT(ended.err, HasSubstr("scenario"));
}

TEST_F(Compare, AFaultCalledLossIsVariedWhereThereIsOne) {
  const Json all =
      rows({"--loss", "0,100%"},
           std::string(kFifty) + "[[fault]]\nname = \"loss\"\nkind = \"drop\"\nprobability = 1\nto = 3\n");
  EXPECT_EQ(all[1]["versions"]["never_entered"], 0);
  EXPECT_EQ(all[1]["versions"]["lost"], 20);
  EXPECT_THAT(all[1]["faults"], SizeIs(1));
  EXPECT_EQ(all[1]["theory"], nullptr);
}

TEST_F(Compare, TheTableHasARowASetting) {
  const Ended ended = compare({"--loss", "0,70%"});
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_THAT(ended.out, AllOf(HasSubstr("loss.probability"), HasSubstr("reference"), HasSubstr("●"),
                               HasSubstr("worse"), HasSubstr("99.9988%")));
  EXPECT_THAT(ended.err, IsEmpty());
}

TEST_F(Compare, TheFirstLineSaysOnlyWhatHoldsOfAllRows) {
  const auto first_line = [&](const std::vector<std::string>& options) {
    return lines_of(compare(options).out).at(0);
  };
  EXPECT_EQ(first_line({"--vary", "gossip.fanout=2,3", "--dry-run"}),
            "2 rows, seed 1, world sim, 20 versions");
  EXPECT_EQ(first_line({"--vary", "publish.versions=5,10", "--dry-run"}), "2 rows, seed 1, world sim");
  EXPECT_EQ(first_line({"--vary", "world=live,sim", "--vary", "seed=1,2", "--dry-run"}),
            "4 rows, 20 versions");
}

TEST_F(Compare, CsvAndMarkdownHaveTheSameRows) {
  const std::string csv = folder_.path("out.csv");
  const std::string markdown = folder_.path("out.md");
  compare({"--loss", "0,70%", "--csv", csv, "--markdown", markdown});
  const auto lines = lines_of(text_of(csv));
  ASSERT_THAT(lines, SizeIs(3));
  EXPECT_THAT(lines[0], StartsWith("scenario,fault.loss.probability,world,runs,versions,commit_rate,"));
  EXPECT_THAT(lines[2], StartsWith("it,70%,sim,1,20,"));
  EXPECT_THAT(text_of(markdown), AllOf(StartsWith("| loss.probability | "), HasSubstr("| 70% | 20 | ")));
}

TEST_F(Compare, MeasuresAndJudgesOnlyAsAGate) {
  EXPECT_EQ(compare({"--loss", "0,70%"}).exit_code, 0);
  EXPECT_EQ(compare({"--loss", "0,70%", "--gate"}).exit_code, 1);
  EXPECT_EQ(compare({"--vary", "gossip.fanout=3,4", "--gate"}).exit_code, 0);
  const std::string demanding = std::string(kFifty) + "[[expect]]\nthat = \"commit_rate >= 99%\"\n";
  EXPECT_EQ(compare({"--vary", "gossip.fanout=3,4", "--gate"}, demanding).exit_code, 2);
}

TEST_F(Compare, BadInputEndsWith64AndStartsNothing) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> bad = {
      {{}, "nothing to compare it with"},
      {{"--vary", "gossip.fanout=3"}, "nothing to compare it with"},
      {{"--vary", "gossip.fanot=3,4"}, "did you mean \"fanout\"?"},
      {{"--vary", "gossip.fanout=3,none"}, "--set gossip.fanout=none"},
      {{"--vary", "fault.x.probability=0,1"}, "no fault is called \"x\""},
      {{"--vary", "gossip.fanout"}, "write KEY=VALUE,VALUE,…"},
      {{"--loss", "0,2"}, "\"2\" is no share"},
      {{"--loss", "0..70%"}, "a range is FROM..TO:STEP"},
      {{"--vary", "gossip.fanout=2,3", "--vary", "gossip.fanout=4,5"}, "varied twice"},
      {{"--loss", "0,10%", "--repeat", "0"}, "--repeat"},
  };
  for (const auto& [options, why] : bad) {
    const Ended ended = compare(options);
    EXPECT_EQ(ended.exit_code, 64) << why;
    EXPECT_THAT(ended.err, HasSubstr(why));
    EXPECT_THAT(ended.out, IsEmpty()) << why;
  }
}

TEST_F(Compare, ADryRunStartsNothing) {
  const Ended ended = compare({"--loss", "0,10%", "--dry-run"});
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_THAT(lines_of(ended.out), SizeIs(1));
}

// ^C while the first of two rows runs: what it measured so far is written, and is set against nothing.
TEST_F(Compare, AnInterruptionWritesWhatThereIs) {
  const std::string json = folder_.path("out.json");
  Process process({"compare", folder_.write("it.toml", endless()), "--loss", "0,10%", "--json", json});
  process.wait_for("2 rows");
  process.signal(SIGINT);
  EXPECT_EQ(process.wait().exit_code, 130);
  const Json all = Json::parse(text_of(json));
  ASSERT_TRUE(all.is_array());
  for (const Json& row : all) EXPECT_EQ(row["interrupted"], true);
}

}  // namespace
}  // namespace hearsay::tools
