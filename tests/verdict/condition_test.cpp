#include <gtest/gtest.h>

#include <string>

#include "verdict/verdict.hpp"

namespace hearsay::verdict {
namespace {

const Location kWhere{"x.toml", 31, 9};

Condition parse(const std::string& text) { return parse_condition(text, kWhere, {"bad wifi", "kill-1"}); }

std::string error_of(const std::string& text) {
  try {
    parse(text);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

TEST(Condition, CommitRate) {
  const Condition condition = parse("commit_rate >= 99%");
  EXPECT_EQ(condition.metric, Metric::commit_rate);
  EXPECT_EQ(condition.comparison, Comparison::at_least);
  EXPECT_EQ(condition.bound, 0.99);
  EXPECT_FALSE(condition.within);
  EXPECT_TRUE(condition.is_rate());
}

TEST(Condition, CommitRateWithinATime) {
  const Condition condition = parse("commit_rate(within = \"5s\") <= 0.5");
  EXPECT_EQ(condition.within, 5 * kSecond);
  EXPECT_EQ(condition.comparison, Comparison::at_most);
  EXPECT_EQ(condition.bound, 0.5);
  EXPECT_EQ(parse("commit_rate( within=1.5s )>=1%").within, 1'500'000);
}

TEST(Condition, LatencyQuantiles) {
  for (const auto& [text, share] : {std::pair{"p50", 0.5}, {"p90", 0.9}, {"p99", 0.99}, {"p99.9", 0.999}}) {
    const Condition condition = parse(std::string("commit_latency.") + text + " <= 8s");
    EXPECT_EQ(condition.metric, Metric::commit_latency);
    EXPECT_EQ(condition.field, text);
    EXPECT_EQ(condition.quantile, share);
    EXPECT_EQ(condition.bound, 8'000'000);
    EXPECT_TRUE(condition.is_rate());
  }
}

TEST(Condition, LatencyExtremesAreFacts) {
  EXPECT_EQ(parse("commit_latency.max < 250ms").comparison, Comparison::below);
  EXPECT_FALSE(parse("commit_latency.min > 0s").is_rate());
}

TEST(Condition, Facts) {
  EXPECT_EQ(parse("lost == 0").metric, Metric::lost);
  EXPECT_EQ(parse("  coverage>99.5%  ").bound, 0.995);
  EXPECT_EQ(parse("messages.redundancy <= 14.5").bound, 14.5);
  EXPECT_EQ(parse("messages.in_flight == 0").field, "in_flight");
}

TEST(Condition, Recovery) {
  const Condition condition = parse("recovery <= 1.5s");
  EXPECT_EQ(condition.metric, Metric::recovery);
  EXPECT_EQ(condition.bound, 1'500'000);
  EXPECT_FALSE(condition.is_rate());
}

TEST(Condition, FaultsByNamesWithSpaces) {
  const Condition condition = parse("fault.bad wifi.hit >= 10");
  EXPECT_EQ(condition.metric, Metric::fault);
  EXPECT_EQ(condition.fault, "bad wifi");
  EXPECT_EQ(condition.field, "hit");
  EXPECT_EQ(condition.bound, 10);
  EXPECT_EQ(parse("fault.kill-1.eligible > 0").fault, "kill-1");
}

struct Wrong {
  std::string text;
  std::string error;
};

TEST(Condition, ErrorsPointAtTheCharacterAndSayWhatIsAllowed) {
  const std::string shares = "expected a share such as 99% or 0.99";
  const std::string durations = "expected a duration such as 8s (units us, ms, s, m, h)";
  const std::string quantiles = "expected min, max or a quantile from p50 to p99.9 (above p0, below p100)";
  const std::string signs = "expected a comparison (>=, <=, >, <, ==)";
  const std::string rate_signs = "expected a comparison that a rate can be judged by (>= or <=)";
  const std::vector<Wrong> table = {
      {"",
       R"(x.toml:31:9: expected a metric: "commit_rate", "commit_latency", "lost", "coverage", "messages", )"
       R"("fault" or "recovery")"},
      {"recovery <= 5", "x.toml:31:21: " + durations + " after \"recovery <=\""},
      {"recovery.max <= 5s", "x.toml:31:17: " + signs + " after \"recovery\""},
      {"comit_rate >= 1%", R"(x.toml:31:9: unknown metric "comit_rate"; did you mean "commit_rate"?)"},
      {"  lots == 0", R"(x.toml:31:11: unknown metric "lots"; did you mean "lost"?)"},
      {"commit_rate", "x.toml:31:20: " + rate_signs + " after \"commit_rate\""},
      {"commit_rate 99%", "x.toml:31:21: " + rate_signs + " after \"commit_rate\""},
      {"commit_rate > 99%", "x.toml:31:21: " + rate_signs + " after \"commit_rate\""},
      {"commit_rate == 99%", "x.toml:31:21: " + rate_signs + " after \"commit_rate\""},
      {"commit_latency.p99 < 8s", "x.toml:31:28: " + rate_signs + " after \"commit_latency.p99\""},
      {"lost = 0", "x.toml:31:14: " + signs + " after \"lost\""},
      {"commit_rate >= 101%", "x.toml:31:24: " + shares + " after \"commit_rate >=\""},
      {"commit_rate >=", "x.toml:31:23: " + shares + " after \"commit_rate >=\""},
      {"commit_rate >= 99% or so", "x.toml:31:24: " + shares + " after \"commit_rate >=\""},
      {"commit_rate(5s) >= 1%", "x.toml:31:21: expected within after \"commit_rate(\""},
      {"commit_rate(within 5s) >= 1%", "x.toml:31:28: expected = after \"commit_rate(within\""},
      {"commit_rate(within = 5) >= 1%",
       "x.toml:31:30: expected a duration such as 5s (units us, ms, s, m, h) after \"commit_rate(within =\""},
      {"commit_rate(within = 5s >= 1%",
       "x.toml:31:30: expected a duration such as 5s (units us, ms, s, m, h) after \"commit_rate(within =\""},
      {"commit_latency <= 8s", "x.toml:31:24: expected a dot and a field after \"commit_latency\""},
      {"commit_latency.p0 <= 8s", "x.toml:31:24: " + quantiles + " after \"commit_latency.\""},
      {"commit_latency.p100 <= 8s", "x.toml:31:24: " + quantiles + " after \"commit_latency.\""},
      {"commit_latency.mean <= 8s", "x.toml:31:24: " + quantiles + " after \"commit_latency.\""},
      {"commit_latency.max <= 8", "x.toml:31:31: " + durations + " after \"commit_latency.max <=\""},
      {"lost <= 1.5", "x.toml:31:17: expected a whole number such as 10 after \"lost <=\""},
      {"lost <= -1", "x.toml:31:17: expected a whole number such as 10 after \"lost <=\""},
      {"lost <= inf", "x.toml:31:17: expected a whole number such as 10 after \"lost <=\""},
      {"messages.per_version <= many",
       "x.toml:31:33: expected a number such as 14.5 after \"messages.per_version <=\""},
      {"messages.snt > 1", R"(x.toml:31:18: unknown field "snt"; did you mean "sent"?)"},
      {"fault.bad wify.hit > 1", R"(x.toml:31:15: there is no fault "bad wify"; did you mean "bad wifi"?)"},
      {"fault.bad wifi > 1", "x.toml:31:24: expected .hit or .eligible after \"fault.bad wifi\""},
      {"fault.bad wifi.hits > 1", R"(x.toml:31:24: unknown field "hits"; did you mean "hit"?)"},
      {"löst == 0", R"(x.toml:31:9: unknown metric "löst"; did you mean "lost"?)"},
  };
  for (const Wrong& wrong : table) EXPECT_EQ(error_of(wrong.text), wrong.error) << wrong.text;
}

TEST(Condition, ColumnsCountCharactersNotBytes) {
  try {
    parse_condition("fault.ö.hit ? 1", kWhere, {"ö"});
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.problems().at(0).where.column, 21U);
  }
}

}  // namespace
}  // namespace hearsay::verdict
