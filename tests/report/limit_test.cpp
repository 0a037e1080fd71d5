#include "report/limit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace hearsay::report {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

Limit some_limit() {
  return {.scenario = "it",
          .file = "it.toml",
          .world = "sim",
          .seed = 7,
          .key = "gossip.fanout",
          .until = "commit_rate >= 99%",
          .places = {{"2", 3, 60, 40, verdict::Verdict::fail}, {"4", 30, 600, 600, verdict::Verdict::pass}},
          .holds = "4",
          .fails = "2"};
}

TEST(LimitText, HasALineAPlaceAndTheAnswer) {
  EXPECT_THAT(to_text(some_limit(), {}),
              AllOf(HasSubstr("40/60"), HasSubstr("100%  holds"),
                    HasSubstr("commit_rate >= 99% holds at gossip.fanout = 4 and fails at 2"),
                    HasSubstr("with 95% confidence")));
}

TEST(LimitText, SaysWhatWasNotFound) {
  Limit limit = some_limit();
  limit.fails.reset();
  EXPECT_THAT(to_text(limit, {}), HasSubstr("no place was found where it fails"));
  limit.holds.reset();
  EXPECT_THAT(to_text(limit, {}), HasSubstr("no place was found where commit_rate >= 99% holds"));
  limit.interrupted = true;
  EXPECT_THAT(to_text(limit, {}), HasSubstr("interrupted"));
}

TEST(LimitJson, IsOneObject) {
  const auto json = nlohmann::json::parse(to_json(some_limit()));
  EXPECT_EQ(json["schema"], "hearsay/limit/1");
  EXPECT_EQ(json["holds"], "4");
  EXPECT_EQ(json["places"][0]["verdict"], "fail");
  EXPECT_EQ(json["places"][1]["committed"], 600);
  Limit none = some_limit();
  none.holds.reset();
  EXPECT_EQ(nlohmann::json::parse(to_json(none))["holds"], nullptr);
}

}  // namespace
}  // namespace hearsay::report
