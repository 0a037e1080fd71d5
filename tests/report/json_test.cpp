#include <gmock/gmock.h>

#include <cmath>

#include <nlohmann/json.hpp>

#include "tests/report/results.hpp"

namespace hearsay::report {
namespace {

using Json = nlohmann::ordered_json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Json shown(const Result& result) { return Json::parse(to_json({result})); }

std::vector<std::string> keys(const Json& object) {
  std::vector<std::string> all;
  for (const auto& item : object.items()) all.push_back(item.key());
  return all;
}

TEST(JsonReport, HasTheKeysOfTheSchemaInTheirOrder) {
  const Json json = shown(lossy());
  EXPECT_THAT(keys(json),
              ElementsAre("schema", "scenario", "file", "world", "seed", "runs", "nodes", "duration_ms",
                          "interrupted", "unit", "interval", "versions", "commit_rate", "commit_latency_ms",
                          "coverage", "messages", "faults", "expectations", "verdict", "trace_digest",
                          "learned_digest", "lag_ms", "reasons", "bugs", "lost_versions"));
  EXPECT_THAT(keys(json["versions"]), ElementsAre("published", "committed", "lost", "never_entered", "open"));
  EXPECT_THAT(keys(json["commit_rate"]), ElementsAre("value", "low", "high", "confidence"));
  EXPECT_THAT(keys(json["commit_latency_ms"]), ElementsAre("min", "p50", "p90", "p99", "max"));
  EXPECT_THAT(keys(json["messages"]),
              ElementsAre("sent", "delivered", "dropped", "failed", "in_flight", "duplicated", "delayed",
                          "rejected", "foreign", "per_version", "redundancy"));
  EXPECT_THAT(keys(json["faults"][0]),
              ElementsAre("name", "kind", "eligible", "hit", "off", "opened", "expected_hits", "observed",
                          "low", "high", "confidence", "expected", "instants", "times_ms"));
  EXPECT_THAT(keys(json["lag_ms"]), ElementsAre("p50", "p99", "max"));
}

TEST(JsonReport, GivesTheFiguresOfTheResult) {
  const Json json = shown(lossy());
  EXPECT_EQ(json["schema"], "hearsay/result/1");
  EXPECT_EQ(json["scenario"], "thirty percent loss");
  EXPECT_EQ(json["file"], "scenarios/loss-30.toml");
  EXPECT_EQ(json["seed"], 7);
  EXPECT_EQ(json["duration_ms"], 31'000.0);
  EXPECT_EQ(json["unit"], "version");
  EXPECT_EQ(json["versions"].dump(),
            R"({"published":20,"committed":19,"lost":1,"never_entered":0,"open":0})");
  EXPECT_EQ(json["commit_rate"]["value"], 0.95);
  EXPECT_NEAR(json["commit_rate"]["low"], 0.7512672, 1e-7);
  EXPECT_NEAR(json["commit_rate"]["high"], 0.9987349, 1e-7);
  EXPECT_EQ(json["coverage"], 0.998);
  EXPECT_EQ(json["verdict"], "fail");
  EXPECT_EQ(json["learned_digest"], "0123456789abcdef00000000000000ff");
  EXPECT_EQ(json["lag_ms"].dump(), R"({"p50":0.12,"p99":1.5,"max":20.0})");
}

TEST(JsonReport, GivesTheEvidenceOfFaults) {
  Result result = lossy();
  result.outcome.faults[0].hit = 0;
  result.outcome.faults[0].eligible = 3;
  const Json faults = shown(result)["faults"];
  EXPECT_EQ(faults[0]["hit"], 0);
  EXPECT_EQ(faults[0]["observed"], 0);
  EXPECT_EQ(faults[0]["low"], 0);
  EXPECT_NEAR(faults[0]["high"].get<double>(), 1 - std::cbrt(0.025), 1e-12);
  EXPECT_EQ(faults[0]["confidence"], 0.95);
  EXPECT_EQ(faults[0]["expected"], 0.3);
  EXPECT_EQ(faults[0]["expected_hits"], 4'509);
  EXPECT_EQ(faults[1]["off"], true);
  EXPECT_EQ(faults[1]["observed"], nullptr) << "nothing was eligible";
  EXPECT_EQ(faults[1]["expected"], nullptr) << "it has no chance";
}

TEST(JsonReport, FaultsOnNodesTellWhenTheyActed) {
  Result result = lossy();
  for (Tick at = 0; at < 1'200; ++at) result.outcome.faults[2].add_time(1'500 * at);
  const Json faults = shown(result)["faults"];
  EXPECT_EQ(faults[0]["times_ms"], nullptr) << "it is on messages";
  EXPECT_EQ(faults[0]["instants"], nullptr);
  EXPECT_EQ(faults[2]["instants"], 1'200);
  EXPECT_EQ(faults[2]["times_ms"].size(), 1'000U);
  EXPECT_EQ(faults[2]["times_ms"][1], 1.5);
}

// Of a fault whose hits depend on each other no interval is exact.
TEST(JsonReport, OnlyFaultsWithIndependentDrawsHaveAnInterval) {
  Result result = lossy();
  result.outcome.faults[0].independent = false;
  const Json fault = shown(result)["faults"][0];
  EXPECT_EQ(fault["low"], nullptr);
  EXPECT_EQ(fault["high"], nullptr);
  EXPECT_EQ(fault["expected"], 0.3);
}

TEST(JsonReport, TheMessagesBalance) {
  const Json messages = shown(lossy())["messages"];
  EXPECT_EQ(messages["sent"].get<std::uint64_t>(),
            messages["delivered"].get<std::uint64_t>() + messages["dropped"].get<std::uint64_t>() +
                messages["failed"].get<std::uint64_t>() + messages["in_flight"].get<std::uint64_t>());
}

TEST(JsonReport, QuantilesOnLostVersionsAreNull) {
  EXPECT_EQ(shown(lossy())["commit_latency_ms"].dump(),
            R"({"min":2111.2,"p50":3111.2,"p90":3911.2,"p99":null,"max":null})");
}

TEST(JsonReport, MicrosecondsAreExact) {
  Result result = unsettled();
  result.outcome.versions = {committed(1, 2'011'201)};
  EXPECT_THAT(to_json({result}), HasSubstr("\"min\": 2011.201,"));
}

TEST(JsonReport, WhatWasNotObservedIsNull) {
  const Json json = shown(unsettled());
  EXPECT_EQ(json["commit_rate"].dump(), R"({"value":null,"low":0.0,"high":1.0,"confidence":0.95})");
  EXPECT_EQ(json["commit_latency_ms"].dump(), R"({"min":null,"p50":null,"p90":null,"p99":null,"max":null})");
  EXPECT_EQ(json["coverage"], nullptr);
  EXPECT_EQ(json["lag_ms"], nullptr);
  EXPECT_EQ(json["trace_digest"], "00000000000000000000000000000001");
  EXPECT_EQ(shown(lossy())["trace_digest"], nullptr);
}

TEST(JsonReport, ListsAreEmptyNotMissing) {
  const Json json = shown(unsettled());
  for (const char* list : {"faults", "expectations", "reasons", "lost_versions"}) {
    EXPECT_EQ(json[list], Json::array()) << list;
  }
}

TEST(JsonReport, Expectations) {
  const Json expectations = shown(lossy())["expectations"];
  EXPECT_EQ(expectations[0].dump(),
            R"({"that":"commit_rate >= 99%","observed":0.95,"verdict":"inconclusive",)"
            R"("low":0.75,"high":0.998,"confidence":0.95,"during":null,"severity":"fail",)"
            R"("why":"19 of 20 versions committed"})");
  EXPECT_EQ(expectations[1]["observed"], nullptr);
  EXPECT_EQ(expectations[1].contains("low"), false);
  EXPECT_EQ(expectations[2]["verdict"], "pass");
  Result result = lossy();
  result.judgement.expectations[1].during = "bad wifi";
  result.judgement.expectations[1].severity = scenario::Severity::warn;
  EXPECT_EQ(shown(result)["expectations"][1]["during"], "bad wifi");
  EXPECT_EQ(shown(result)["expectations"][1]["severity"], "warn");
}

TEST(JsonReport, HowExpectationsWereJudgedBesidesLimits) {
  Result result = lossy();
  result.judgement.expectations[0].alpha = 0.001;
  result.judgement.expectations[0].test = {0.95, 0.001, 0.05, {}};
  const Json shown_one = shown(result)["expectations"][0];
  EXPECT_EQ(shown_one["alpha"], 0.001);
  EXPECT_EQ(shown_one["sequential_test"],
            (Json{{"indifference", 0.95}, {"false_alarm", 0.001}, {"miss", 0.05}, {"versions", nullptr}}));
}

TEST(JsonReport, LostVersionsAndWhatTookThem) {
  EXPECT_EQ(shown(lossy())["lost_versions"].dump(),
            R"([{"run":0,"version":7,"required":50,"holding":48,"taken":{"bad wifi":31},"refused":1}])");
}

TEST(JsonReport, OneResultIsAnObjectSeveralOrNoneAnArray) {
  EXPECT_EQ(Json::parse(to_json({lossy()}, true)).size(), 1U) << "one is left of several";
  EXPECT_TRUE(Json::parse(to_json({lossy()}, true)).is_array());
  EXPECT_TRUE(Json::parse(to_json({lossy()})).is_object());
  EXPECT_EQ(Json::parse(to_json({lossy(), unsettled()})).size(), 2U);
  EXPECT_EQ(Json::parse(to_json({lossy(), unsettled()}))[1]["scenario"], "empty");
  EXPECT_EQ(to_json(std::vector<Result>{}), "[]\n");
}

TEST(JsonReport, LargestNumbersAreExact) {
  Result result = unsettled();
  result.outcome.seed = 18'446'744'073'709'551'615ULL;
  result.outcome.versions = {lost(1, 1)};
  result.outcome.versions[0].version = kMaxVersion;
  EXPECT_THAT(to_json({result}), HasSubstr("\"seed\": 18446744073709551615,"));
  EXPECT_THAT(to_json({result}), HasSubstr("\"version\": 9223372036854775807,"));
}

TEST(JsonReport, NamesThatAreNoUtf8DoNotLoseTheResult) {
  Result result = unsettled();
  result.scenario.file = "caf\xe9.toml";
  EXPECT_EQ(shown(result)["file"], "caf\xef\xbf\xbd.toml");
}

}  // namespace
}  // namespace hearsay::report
