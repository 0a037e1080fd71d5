// `hearsay sweep` and `hearsay report`: a grid measured into a store, through whatever ends it.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <charconv>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "store/sqlite.hpp"
#include "tests/support/sanitized.hpp"
#include "tests/tools/process.hpp"
#include "tools/sweep_progress.hpp"

namespace hearsay::tools {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;
using SweepJson = nlohmann::json;

constexpr const char* kThirty =
    "world = \"sim\"\ncluster.nodes = 30\npublish = { versions = 5, deadline = \"60s\" }\n";

class Sweep : public ::testing::Test {
 protected:
  std::vector<std::string> command(const std::vector<std::string>& options,
                                   const std::string& text = kThirty) const {
    std::vector<std::string> all = {"sweep", folder_.write("it.toml", text), "--store", store()};
    all.insert(all.end(), options.begin(), options.end());
    return all;
  }

  Ended sweep(const std::vector<std::string>& options, const std::string& text = kThirty,
              const Surroundings& surroundings = {}) const {
    return hearsay(command(options, text), surroundings);
  }

  std::string store() const { return folder_.path("it.db"); }

  std::string json_of_report() const { return hearsay({"report", store(), "--json", "-"}).out; }

  Folder folder_;
};

// Rows, what they are set against, and every format: they come from one place. JUnit says what repeats them.
TEST_F(Sweep, GivesWhatCompareGives) {
  const auto with = [&](std::vector<std::string> all, const std::string& stem) {
    for (const std::string format : {"json", "csv", "markdown", "junit"})
      all.insert(all.end(), {"--" + format, folder_.path(stem + format)});
    return all;
  };
  const std::string text = std::string(kThirty) + "[[expect]]\nthat = \"commit_rate >= 90%\"\n";
  const std::vector<std::string> grid = {"--vary", "gossip.fanout=2,3", "--loss", "0,40%", "--repeat", "3"};
  const Ended swept = sweep(with(grid, "swept."), text);
  EXPECT_EQ(swept.exit_code, 0);
  std::vector<std::string> compare = with(grid, "compared.");
  compare.insert(compare.begin(), {"compare", folder_.path("it.toml")});
  ASSERT_EQ(hearsay(compare).exit_code, 0);
  const Ended shown = hearsay(with({"report", store()}, "shown."));
  EXPECT_EQ(shown.exit_code, 0);
  EXPECT_EQ(shown.out, swept.out);
  for (const std::string format : {"json", "csv", "markdown", "junit"}) {
    const std::string written = text_of(folder_.path("swept." + format));
    EXPECT_THAT(written, Not(IsEmpty()));
    EXPECT_EQ(text_of(folder_.path("shown." + format)), written);
    if (format == "junit") continue;
    EXPECT_EQ(text_of(folder_.path("compared." + format)), written);
  }
}

TEST_F(Sweep, OfOneCellIsAnArrayToo) {
  const SweepJson all = SweepJson::parse(sweep({"--json", "-"}).out);
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0]["settings"], SweepJson::object());
  EXPECT_EQ(all[0]["reference"], true);
}

TEST_F(Sweep, DoesNotDependOnItsThreads) {
  sweep({"--loss", "0..80%:10%", "--repeat", "5", "--jobs", "1"});
  const std::string one = json_of_report();
  std::filesystem::remove(store());
  sweep({"--loss", "0..80%:10%", "--repeat", "5", "--jobs", "7"});
  EXPECT_EQ(json_of_report(), one);
}

TEST_F(Sweep, GrowsWithItsGrid) {
  sweep({"--loss", "0..40%:20%"});
  const Ended grown = sweep({"--loss", "0..40%:10%"});
  EXPECT_THAT(grown.out,
              HasSubstr("5 cells, seed 1, world sim, 5 versions\n3 of 5 cells are there already\n"));
  const std::string in_two_steps = json_of_report();
  std::filesystem::remove(store());
  sweep({"--loss", "0..40%:10%"});
  EXPECT_EQ(json_of_report(), in_two_steps);
}

TEST_F(Sweep, IsAGateIfItIsToBe) {
  EXPECT_EQ(sweep({"--loss", "0,90%", "--repeat", "9"}).exit_code, 0);
  EXPECT_EQ(sweep({"--loss", "0,90%", "--repeat", "9", "--gate"}).exit_code, 1);
  EXPECT_EQ(hearsay({"report", store(), "--gate"}).exit_code, 1);
  EXPECT_EQ(hearsay({"report", store(), "--gate", "--reference", "fault.loss.probability=90%"}).exit_code, 0);
}

/// How many cells a sweep found in its store.
int there_already(const std::string& out) {
  const std::size_t at = out.find('\n');
  int cells = 0;
  if (at != std::string::npos) std::from_chars(out.data() + at + 1, out.data() + out.size(), cells);
  return cells;
}

std::uintmax_t size_of(const std::string& path) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  return error ? 0 : size;
}

// Killed up to 20 times, each time when the log has grown by some part of a transaction or a few of them.
// However late the kills are, a few must come before the end.
TEST_F(Sweep, SurvivesKills) {
  const std::vector<std::string> grid = {"--loss", "0..0.5:0.01", "--vary", "gossip.fanout=3,4"};
  const std::string text = "world = \"sim\"\ncluster.nodes = 200\npublish.versions = 20\n";
  std::mt19937 random(1);
  int kills = 0;
  int cells = 0;
  for (; kills < (testing::kSanitized ? 6 : 20); ++kills) {
    const std::string log = store() + "-wal";
    const std::uintmax_t enough = size_of(log) + 1 + random() % 60'000;
    Process process(command(grid, text));
    while (size_of(log) < enough && !process.has_ended()) continue;
    process.signal(SIGKILL);
    const Ended ended = process.wait();
    if (ended.exit_code != -SIGKILL) break;
    if (ended.out.empty()) continue;
    EXPECT_GE(there_already(ended.out), cells);
    cells = there_already(ended.out);
  }
  EXPECT_GE(kills, 3);
  EXPECT_GT(cells, 0);
  EXPECT_EQ(sweep(grid, text).exit_code, 0);
  const std::string disturbed = json_of_report();
  std::filesystem::remove(store());
  sweep(grid, text);
  EXPECT_EQ(json_of_report(), disturbed);
}

TEST_F(Sweep, KeepsWhatIsFinishedWhenInterrupted) {
  const std::string out = folder_.path("out.json");
  Process process(command({"--vary", "publish.versions=2,100000", "--json", out}, endless()),
                  {.terminal = true});
  process.wait_for("1 of 2 cells");
  process.signal(SIGINT);
  const Ended ended = process.wait();
  EXPECT_EQ(ended.exit_code, 130);
  EXPECT_THAT(ended.out, HasSubstr("1 of 2 cells are finished; to go on: hearsay sweep "));
  EXPECT_THAT(ended.out, HasSubstr(" --vary publish.versions=2,100000 --store " + store()));
  EXPECT_THAT(SweepJson::parse(text_of(out)), SizeIs(1));
  const Ended shown = hearsay({"report", store(), "--gate"});
  EXPECT_EQ(shown.exit_code, 2);
  EXPECT_THAT(shown.out, HasSubstr("1 of 2 cells are finished; to go on: hearsay sweep "));
}

TEST_F(Sweep, AFullDiskLeavesAStoreThatIsWhole) {
  const Ended ended = sweep({"--loss", "0..50%:1%"}, kThirty, {.most_bytes = 150'000});
  EXPECT_EQ(ended.exit_code, 69);
  EXPECT_THAT(ended.err, AllOf(HasSubstr("it.db: cannot be written"), HasSubstr("is the disk full")));
  EXPECT_THAT(ended.out, HasSubstr(" of 51 cells are finished; to go on: hearsay sweep "));
  EXPECT_EQ(hearsay({"report", store()}).exit_code, 0);
  EXPECT_EQ(sweep({"--loss", "0..50%:1%"}).exit_code, 0);
  const std::string disturbed = json_of_report();
  std::filesystem::remove(store());
  sweep({"--loss", "0..50%:1%"});
  EXPECT_EQ(json_of_report(), disturbed);
}

TEST_F(Sweep, ADiskThatIsFullFromTheStartIsToldOf) {
  const Ended ended = sweep({}, kThirty, {.most_bytes = 5'000});
  EXPECT_EQ(ended.exit_code, 69);
  EXPECT_THAT(ended.err, HasSubstr("it.db: cannot be written"));
  EXPECT_EQ(sweep({}).exit_code, 0);
}

TEST_F(Sweep, AStoreBelongsToOneSweepAtATime) {
  const std::string text = "cluster.nodes = 4\npublish = { versions = 1000, interval = \"1s\" }\n";
  Process process(command({}, text));
  process.wait_for("1 cell, seed 1");
  const Ended ended = sweep({}, text);
  EXPECT_EQ(ended.exit_code, 69);
  EXPECT_THAT(ended.err, AllOf(HasSubstr("it.db is being filled by process "), HasSubstr("(hearsay)")));
  const Ended shown = hearsay({"report", store()});
  EXPECT_EQ(shown.exit_code, 0);
  EXPECT_THAT(shown.out, HasSubstr("0 of 1 cells are finished"));
}

TEST_F(Sweep, WhoHasTheStoreLockedIsTold) {
  ASSERT_EQ(sweep({}).exit_code, 0);
  store::Database ours(store(), store::Database::Access::write);
  ours.run("BEGIN IMMEDIATE");
  const Ended ended = sweep({});
  EXPECT_EQ(ended.exit_code, 69);
  EXPECT_THAT(ended.err, HasSubstr(fmt::format("it.db is locked by process {} (tools_tests)", getpid())));
}

TEST_F(Sweep, BadInputEndsWith64AndStartsNothing) {
  const std::string other = folder_.write("other.toml", kThirty);
  const std::vector<std::pair<std::vector<std::string>, std::string>> bad = {
      {{"--vary", "gossip.fanot=3,4"}, "did you mean \"fanout\"?"},
      {{"--vary", "gossip.fanout=3,3"}, "two cells are alike: gossip.fanout=3"},
      {{"--loss", "0,2"}, "\"2\" is no share"},
      {{"--reference", "gossip.fanout=9"}, "no rows are called so"},
      {{"--repeat", "0"}, "--repeat"},
      {{"--json", store()}, "the output would replace it"},
      {{"--json", store() + "-wal"}, "the output would replace it"},
  };
  for (const auto& [options, why] : bad) {
    const Ended ended = sweep(options);
    EXPECT_EQ(ended.exit_code, 64) << why;
    EXPECT_THAT(ended.err, HasSubstr(why));
    EXPECT_THAT(ended.out, IsEmpty()) << why;
    EXPECT_FALSE(std::filesystem::exists(store())) << why;
  }
  EXPECT_EQ(hearsay({"sweep", other}).exit_code, 64);
  EXPECT_EQ(hearsay({"sweep", other, "--store", other}).exit_code, 64);
  EXPECT_EQ(text_of(other), kThirty);
  EXPECT_EQ(hearsay({"report", other}).exit_code, 64);
}

TEST_F(Sweep, ADryRunMakesNoStore) {
  EXPECT_EQ(sweep({"--loss", "0,10%", "--dry-run"}).exit_code, 0);
  EXPECT_FALSE(std::filesystem::exists(store()));
}

TEST_F(Sweep, ATerminalSeesABar) {
  const Ended ended = sweep({"--loss", "0,10%"}, kThirty, {.terminal = true});
  EXPECT_THAT(ended.out, HasSubstr("\r\x1b[K[------------------------]   0%  0 of 2 cells"));
}

TEST(ProgressBar, SaysHowMuchIsDoneAndHowLongTheRestTakes) {
  EXPECT_EQ(progress_bar(0.375, 3, 8, 61.2), "[#########---------------]  37%  3 of 8 cells, 1 min 2 s left");
  EXPECT_EQ(progress_bar(1, 8, 8, 0), "[########################] 100%  8 of 8 cells, 0 s left");
  EXPECT_EQ(progress_bar(0, 0, 8, {}), "[------------------------]   0%  0 of 8 cells");
  EXPECT_THAT(progress_bar(0.5, 1, 2, 7322), EndsWith(", 2 h 2 min left"));
}

}  // namespace
}  // namespace hearsay::tools
