#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/test_suite.hpp"
#include "tests/report/results.hpp"

namespace hearsay::report {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

Result lossy_at_line(unsigned line) {
  Result result = lossy();
  for (unsigned i = 0; i < 3; ++i)
    result.scenario.expectations.push_back({.that = "", .where = {"a.toml", line + i, 9}});
  return result;
}

TEST(Annotations, PointAtWhatDidNotPass) {
  EXPECT_EQ(annotations(test_suites(Results{.results = {lossy_at_line(30)}})),
            "::error file=scenarios/loss-30.toml,title=thirty percent loss::"
            "evidence: inconclusive: fault \"late\" never hit: its window never opened\n"
            "::error file=a.toml,line=30,col=9,title=thirty percent loss::"
            "commit_rate >= 99%25: inconclusive: 19 of 20 versions committed\n"
            "::error file=a.toml,line=31,col=9,title=thirty percent loss::"
            "commit_latency.max <= 8s: fail: it is infinite, since a version was lost\n");
}

TEST(Annotations, AWarningIsOne) {
  Result result = lossy_at_line(30);
  result.judgement.expectations[1].severity = scenario::Severity::warn;
  EXPECT_THAT(annotations(test_suites(Results{.results = {result}})),
              HasSubstr("::warning file=a.toml,line=31,col=9,title=thirty percent loss::"
                        "commit_latency.max <= 8s (warn): fail: "));
}

TEST(Annotations, NoNameEndsACommandOrStartsAnother) {
  Result result = lossy_at_line(30);
  result.scenario.name = "a,b: c\n::error::d";
  result.scenario.expectations[1].where.file = "x,line=1:%0A.toml";
  result.judgement.expectations = {result.judgement.expectations[1]};
  result.judgement.expectations[0].why = "100%\r\n::stop-commands::x";
  result.judgement.reasons.clear();
  result.scenario.expectations[0].where.file = "x,line=1:%0A.toml";
  EXPECT_EQ(annotations(test_suites(Results{.results = {result}})),
            "::error file=x%2Cline=1%3A%250A.toml,line=30,col=9,title=a%2Cb%3A c%0A%3A%3Aerror%3A%3Ad::"
            "commit_latency.max <= 8s: fail: 100%25%0D%0A::stop-commands::x\n");
}

TEST(Annotations, OfABadScenarioHaveItsPlaces) {
  EXPECT_EQ(
      annotations(InputError({{{"a.toml", 3, 7}, "unknown key \"x\""}, {{"--until", 1, 5}, "no metric"}})),
      "::error title=hearsay::--until:1:5: no metric\n"
      "::error file=a.toml,line=3,col=7,title=hearsay::unknown key \"x\"\n");
  EXPECT_EQ(annotation("port taken"), "::error title=hearsay::port taken\n");
}

TEST(Annotations, WhatPassesOrWasLeftOutHasNone) {
  Result result = lossy();
  result.judgement = {};
  EXPECT_THAT(annotations(test_suites(Results{.results = {result}, .missing = {Missing{}}})), IsEmpty());
}

}  // namespace
}  // namespace hearsay::report
