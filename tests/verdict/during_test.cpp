// Expectations that are about a phase alone.

#include "verdict/during.hpp"

#include <gmock/gmock.h>

#include "tests/verdict/samples.hpp"

namespace hearsay::verdict {
namespace {

using ::testing::Optional;

/// A fault "wifi" that is open in [10 s, 20 s), and an expectation that is judged while it is.
scenario::Scenario during_wifi(const std::string& that) {
  scenario::Scenario scenario = expecting({that});
  scenario.expectations[0].during = "wifi";
  scenario::Fault fault;
  fault.name = "wifi";
  fault.kind = "drop";
  fault.window = {.at = 10 * kSecond, .length = 10 * kSecond};
  scenario.faults.push_back(fault);
  return scenario;
}

/// Version k is published at k seconds; of 30, every one of the open window but the first is lost.
measure::Outcome thirty() {
  measure::Outcome outcome;
  outcome.nodes = 10;
  for (Version version = 1; version <= 30; ++version) {
    const bool in_vain = version > 10 && version < 20;
    outcome.versions.push_back(in_vain ? lost() : committed_after(kSecond));
    outcome.versions.back().version = version;
    outcome.versions.back().published = version * kSecond;
    if (!in_vain) outcome.versions.back().committed = (version + 1) * kSecond;
    outcome.versions.back().sent = in_vain ? 90 : 150;
  }
  outcome.messages.sent = outcome.messages.delivered = 9 * 90 + 21 * 150;
  outcome.phases = {{.name = "wifi", .sent = 1'000, .dropped = 300, .duplicated = 20, .delayed = 5}};
  outcome.faults = {{.name = "wifi", .kind = "drop", .eligible = 1'000, .hit = 300, .opened = true}};
  return outcome;
}

Judged judged_during(const std::string& that) {
  return judge(during_wifi(that), thirty()).expectations.at(0);
}

TEST(During, RatesAreOfTheVersionsPublishedInThePhase) {
  const Judged rate = judged_during("commit_rate >= 99%");
  EXPECT_EQ(rate.during, "wifi");
  EXPECT_THAT(rate.observed, Optional(0.1));
  EXPECT_EQ(rate.verdict, Verdict::fail);
  EXPECT_EQ(judged_during("commit_latency.p99 <= 8s").verdict, Verdict::fail);
}

TEST(During, FactsAreOfTheVersionsPublishedInThePhase) {
  EXPECT_THAT(judged_during("lost == 9").observed, Optional(9));
  EXPECT_THAT(judged_during("coverage >= 1%").observed, Optional(testing::DoubleNear(0.91, 1e-12)));
  EXPECT_EQ(judged_during("commit_latency.max <= 8s").observed, std::nullopt);
  EXPECT_THAT(judged_during("commit_latency.min <= 8s").observed, Optional(1'000));
}

TEST(During, RatiosOfMessagesAreOfThoseVersions) {
  EXPECT_THAT(judged_during("messages.per_version <= 400").observed, Optional(96))
      << "nine of 90 and one of 150";
  // 960 messages for 9 * 9 + 10 learnings.
  EXPECT_THAT(judged_during("messages.redundancy <= 400").observed,
              Optional(testing::DoubleNear(960.0 / 91 - 1, 1e-12)));
}

TEST(During, CountsOfMessagesAreOfThoseSentInThePhase) {
  EXPECT_THAT(judged_during("messages.sent > 0").observed, Optional(1'000));
  EXPECT_THAT(judged_during("messages.dropped > 0").observed, Optional(300));
  EXPECT_THAT(judged_during("messages.duplicated > 0").observed, Optional(20));
  EXPECT_THAT(judged_during("messages.delayed > 0").observed, Optional(5));
}

TEST(During, APhaseThatNoVersionFellIntoDecidesNothing) {
  measure::Outcome outcome = thirty();
  for (measure::VersionRecord& version : outcome.versions) version.published = 20 * kSecond;
  for (const std::string that :
       {"commit_rate >= 1%", "lost == 0", "coverage >= 1%", "messages.per_version <= 1"}) {
    const Judged judged = judge(during_wifi(that), outcome).expectations.at(0);
    EXPECT_EQ(judged.verdict, Verdict::inconclusive) << that;
    EXPECT_EQ(judged.observed, std::nullopt) << that;
    EXPECT_EQ(judged.why, "no version was published during \"wifi\"");
  }
  EXPECT_EQ(judge(during_wifi("messages.sent > 0"), outcome).expectations.at(0).verdict, Verdict::pass);
}

std::string refusal(const std::string& that) {
  return not_of_a_phase(parse_condition(that, Location{}, {"wifi"})).value_or("none");
}

TEST(During, IsOfWhatIsKnownByPhase) {
  for (const std::string that :
       {"commit_rate >= 1%", "commit_rate(within = 5s) >= 1%", "commit_latency.p50 <= 1s", "lost == 0",
        "coverage >= 1%", "messages.sent > 0", "messages.dropped > 0", "messages.duplicated > 0",
        "messages.delayed > 0", "messages.per_version > 0", "messages.redundancy > 0"})
    EXPECT_EQ(refusal(that), "none") << that;
  for (const std::string field : {"delivered", "failed", "in_flight", "rejected", "foreign"})
    EXPECT_EQ(refusal("messages." + field + " > 0"),
              "\"during\" is not of messages." + field +
                  ", only of messages.sent, dropped, duplicated, delayed, per_version and redundancy");
  EXPECT_EQ(refusal("fault.wifi.hit > 0"),
            "\"during\" is not of faults: their evidence is of their own windows");
  EXPECT_EQ(refusal("recovery <= 1s"),
            "\"during\" is not of recovery, which begins when all faults have healed");
}

}  // namespace
}  // namespace hearsay::verdict
