// `hearsay limit`: the breaking point it finds, and what it refuses.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/tools/process.hpp"
#include "theory/push_law.hpp"

namespace hearsay::tools {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Json = nlohmann::json;

class LimitTest : public ::testing::Test {
 protected:
  Ended limit(std::vector<std::string> options, const std::string& more = "") {
    const std::string text =
        "world = \"sim\"\ncluster.nodes = 50\npublish = { versions = 20, deadline = \"60s\" }\n" + more;
    options.insert(options.begin(), {"limit", folder_.write("it.toml", text)});
    return hearsay(options);
  }

  Json found(std::vector<std::string> options, const std::string& more = "") {
    options.insert(options.end(), {"--json", "-"});
    return Json::parse(limit(options, more).out);
  }

  Folder folder_;
};

/// "21.35%" as 0.2135.
double share_of(const Json& value) { return std::stod(value.get<std::string>()) / 100; }

/// The loss at which `push` commits 99 % of its versions, 50 nodes, fanout 3, 5 rounds: by its exact law.
double exact_breaking_point() {
  double holds = 0;
  double fails = 0.7;
  for (int step = 0; step < 30; ++step) {
    const double middle = (holds + fails) / 2;
    (theory::push_reaches_all(50, 3, 5, middle, 3) >= 0.99L ? holds : fails) = middle;
  }
  return holds;
}

// Three searches under seeds of their own. Each misses with probability 5 % at most by what it states, and
// with far less by the bounds it adds up; the seeds are fixed.
TEST_F(LimitTest, StatisticsOfCoverageOfTheExactBreakingPointOfPush) {
  const double exact = exact_breaking_point();
  for (int seed = 1; seed < 30'000; seed += 10'000) {
    const Json json = found({"--vary", "fault.loss.probability=0..70%:0.5%", "--until", "commit_rate >= 99%",
                             "--max-runs", "100", "--seed", std::to_string(seed)});
    EXPECT_LE(share_of(json["holds"]), exact) << seed;
    EXPECT_GE(share_of(json["fails"]), exact) << seed;
    EXPECT_LT(share_of(json["fails"]) - share_of(json["holds"]), 0.2) << seed;
    EXPECT_LE(json["places"].size(), 18U);
  }
}

TEST_F(LimitTest, FindsTheLeastFanout) {
  const Json json =
      found({"--vary", "gossip.fanout=1..9", "--until", "commit_rate >= 90%"},
            "gossip.rounds = 2\n[[fault]]\nname = \"wifi\"\nkind = \"drop\"\nprobability = \"20%\"\n");
  EXPECT_EQ(json["schema"], "hearsay/limit/1");
  EXPECT_EQ(json["key"], "gossip.fanout");
  EXPECT_EQ(json["fails"], "3");
  EXPECT_EQ(json["holds"], "4");
  for (const Json& place : json["places"]) EXPECT_LE(place["committed"], place["versions"]);
}

// Even where it is the only step, and in every way to write it.
TEST_F(LimitTest, TakesWholeNumbersOneByOneWhereTheKeyTakesNoOthers) {
  const std::string queue = "[[fault]]\nname = \"narrow\"\nkind = \"throttle\"\nrate = 1000\n";
  const auto places = [&](const std::string& vary) {
    return limit({"--vary", vary, "--until", "commit_rate >= 50%", "--max-runs", "1"}, queue).out;
  };
  for (const char* vary : {"gossip.fanout=1..2", "fault.narrow.queue=7..8", "cluster.nodes=3..4"})
    EXPECT_THAT(places(vary), HasSubstr(", 2 places,")) << vary;
  for (const char* vary : {"fault.loss.probability=0..1", "fault.narrow.rate=10..11"})
    EXPECT_THAT(places(vary), HasSubstr(", 1001 places,")) << vary;
}

TEST_F(LimitTest, SaysThatThereIsNone) {
  const Ended ended = limit({"--vary", "gossip.fanout=4,5", "--until", "commit_rate >= 50%"});
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_THAT(ended.out,
              AllOf(HasSubstr("holds at gossip.fanout = "), HasSubstr("no place was found where it fails"),
                    HasSubstr("with 95% confidence")));
}

TEST_F(LimitTest, TheTextHasALineAPlaceAndTheAnswer) {
  const Ended ended = limit({"--vary", "gossip.fanout=1..4", "--until", "commit_latency.p90 <= 30s"});
  EXPECT_THAT(ended.out, AllOf(HasSubstr("gossip.fanout  runs  committed"),
                               HasSubstr("the breaking point is between them")));
  EXPECT_THAT(ended.err, IsEmpty());
}

TEST_F(LimitTest, BadInputEndsWith64AndStartsNothing) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> bad = {
      {{}, "--vary"},
      {{"--vary", "gossip.fanout=1..4"}, "--until"},
      {{"--vary", "gossip.fanout=1..4", "--until", "commit_rat >= 9"}, "--until:1:1: "},
      {{"--vary", "gossip.fanout=1..4", "--until", "lost == 0"}, "--until takes a rate"},
      {{"--vary", "gossip.fanout=3", "--until", "commit_rate >= 99%"}, "needs two values"},
      {{"--vary", "gossip.fanout", "--until", "commit_rate >= 99%"}, "write KEY=VALUE"},
      {{"--vary", "gossip.fanot=1..4", "--until", "commit_rate >= 99%"}, "did you mean \"fanout\"?"},
      {{"--vary", "gossip.fanout=1..4", "--until", "commit_rate >= 99%", "--confidence", "2"},
       "--confidence"},
  };
  for (const auto& [options, why] : bad) {
    const Ended ended = limit(options);
    EXPECT_EQ(ended.exit_code, 64) << why;
    EXPECT_THAT(ended.err, HasSubstr(why));
    EXPECT_THAT(ended.out, IsEmpty()) << why;
  }
}

}  // namespace
}  // namespace hearsay::tools
