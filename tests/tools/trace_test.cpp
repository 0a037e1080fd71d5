// `hearsay run --trace`: every event of every run, in every world.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/tools/process.hpp"
#include "tools/worlds.hpp"

namespace hearsay::tools {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;
using Json = nlohmann::json;

constexpr const char* kFaults =
    "[[fault]]\nname = \"loss\"\nkind = \"drop\"\nprobability = 0.3\n"
    "[[fault]]\nname = \"crash\"\nkind = \"kill\"\nnodes = 1\nat = \"20ms\"\nrestart_after = \"20ms\"\n";

class TraceOf : public ::testing::TestWithParam<std::string> {
 protected:
  /// The result of a run, whose trace then is in the file.
  Json run(std::vector<std::string> options = {}) {
    options.insert(options.begin(), {"run", folder_.write("it.toml", quick(kFaults)), "--world", GetParam(),
                                     "--trace", trace_, "--json", "-"});
    return Json::parse(hearsay(options).out);
  }

  std::vector<Json> events() const {
    std::vector<Json> events;
    for (const std::string& line : lines_of(text_of(trace_))) events.push_back(Json::parse(line));
    return events;
  }

  Folder folder_;
  std::string trace_ = folder_.path("trace.jsonl");
};

TEST_P(TraceOf, HasAllThatTheResultCounts) {
  const Json result = run();
  std::map<std::string, std::uint64_t> count;
  for (const Json& event : events()) {
    ++count[event["event"]];
    if (event.contains("fault")) ++count["taken by " + event["fault"].get<std::string>()];
  }
  EXPECT_EQ(count["publish"], result["versions"]["published"]);
  EXPECT_EQ(count["commit"], result["versions"]["committed"]);
  EXPECT_EQ(count["send"], result["messages"]["sent"]);
  EXPECT_EQ(count["deliver"], result["messages"]["delivered"]);
  EXPECT_EQ(count["fail"], result["messages"]["failed"]);
  EXPECT_EQ(count["taken by loss"], result["messages"]["dropped"]);
  EXPECT_EQ(count["down"], result["faults"][1]["hit"]);
  EXPECT_GE(count["learn"], 4U);
}

TEST_P(TraceOf, IsSortedByTime) {
  run();
  std::vector<std::int64_t> times;
  for (const Json& event : events()) times.push_back(event["t_us"]);
  EXPECT_FALSE(times.empty());
  EXPECT_TRUE(std::is_sorted(times.begin(), times.end()));
}

TEST_P(TraceOf, HasRunAfterRun) {
  run({"--repeat", "3"});
  std::vector<int> numbers;
  for (const Json& event : events()) numbers.push_back(event["run"]);
  EXPECT_TRUE(std::is_sorted(numbers.begin(), numbers.end()));
  ASSERT_FALSE(numbers.empty());
  EXPECT_EQ(numbers.front(), 0);
  EXPECT_EQ(numbers.back(), 2);
  EXPECT_THAT(lines_of(text_of(trace_)), Each(StartsWith("{\"run\":")));
}

std::vector<std::string> names_of_worlds() {
  std::vector<std::string> names;
  for (const World& world : worlds()) names.emplace_back(world.name);
  return names;
}

INSTANTIATE_TEST_SUITE_P(World, TraceOf, ::testing::ValuesIn(names_of_worlds()),
                         [](const auto& test) { return test.param; });

class Trace : public ::testing::Test {
 protected:
  Folder folder_;
  std::string file_ = folder_.write("it.toml", quick());
};

TEST_F(Trace, OnStdoutSendsTheTextToStderr) {
  const Ended ended = hearsay({"run", file_, "--trace", "-"});
  EXPECT_THAT(lines_of(ended.out), AllOf(Not(SizeIs(0)), Each(StartsWith("{\"t_us\":"))));
  EXPECT_THAT(ended.err, HasSubstr("verdict: "));
}

TEST_F(Trace, ReplacesAnOlderOne) {
  const std::string trace = folder_.write("trace.jsonl", "older");
  hearsay({"run", file_, "--trace", trace});
  EXPECT_THAT(lines_of(text_of(trace)), Each(StartsWith("{\"t_us\":")));
}

TEST_F(Trace, AFullDiskEndsWith69) {
  const Ended ended = hearsay({"run", file_, "--trace", "/dev/full"});
  EXPECT_EQ(ended.exit_code, 69);
  EXPECT_THAT(ended.err, HasSubstr("cannot write /dev/full: No space left on device"));
}

TEST_F(Trace, OfAnInterruptedRunIsWritten) {
  const std::string trace = folder_.path("trace.jsonl");
  hearsay({"run", folder_.write("endless.toml", endless()), "--trace", trace, "--timeout", "200ms"});
  EXPECT_THAT(text_of(trace), HasSubstr("\"event\":\"publish\",\"version\":1}\n"));
}

TEST_F(Trace, ADryRunMakesNone) {
  const std::string trace = folder_.path("trace.jsonl");
  EXPECT_EQ(hearsay({"run", file_, "--dry-run", "--trace", trace}).exit_code, 0);
  EXPECT_FALSE(std::filesystem::exists(trace));
}

}  // namespace
}  // namespace hearsay::tools
