#include "measure/outcome.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "base/check.hpp"

namespace hearsay::measure {
namespace {

VersionRecord version(End end, std::uint32_t holding, Duration latency = 0) {
  VersionRecord record;
  record.end = end;
  record.published = 5 * kSecond;
  if (end == End::committed) record.committed = record.published + latency;
  record.required = 10;
  record.holding = holding;
  record.learnings = holding;
  return record;
}

Outcome run_of(std::uint64_t digest) {
  Outcome outcome;
  outcome.seed = 7;
  outcome.duration = 3 * kSecond;
  outcome.versions = {version(End::committed, 10, kSecond), version(End::lost, 8)};
  outcome.messages = {.sent = 100, .delivered = 60, .dropped = 30, .failed = 9, .in_flight = 1};
  outcome.faults = {{.name = "wifi", .kind = "drop", .eligible = 100, .hit = 30, .expected_hits = 25}};
  outcome.trace_digest = Digest{digest, 1};
  outcome.learned_digest = Digest{digest, 2};
  return outcome;
}

TEST(Summarize, CountsVersionsByTheirEnd) {
  Outcome outcome;
  outcome.versions = {version(End::committed, 10, 3000), version(End::lost, 0), version(End::lost, 5),
                      version(End::open, 10), version(End::committed, 10, 1000)};
  const Summary summary = summarize(outcome);
  EXPECT_EQ(summary.published, 5U);
  EXPECT_EQ(summary.committed, 2U);
  EXPECT_EQ(summary.lost, 2U);
  EXPECT_EQ(summary.never_entered, 1U);
  EXPECT_EQ(summary.open, 1U);
  EXPECT_EQ(summary.latencies, (std::vector<Duration>{1000, 3000, kNever, kNever}));
}

TEST(Summarize, CoverageIsTheMeanShareOfSettledVersions) {
  Outcome outcome;
  outcome.versions = {version(End::committed, 10), version(End::lost, 5), version(End::lost, 0),
                      version(End::open, 0)};
  EXPECT_EQ(summarize(outcome).coverage, 0.5);
}

TEST(Summarize, AVersionThatNoNodeMustHoldIsHeldByNone) {
  Outcome outcome;
  outcome.versions = {version(End::lost, 0)};
  outcome.versions[0].required = 0;
  EXPECT_EQ(summarize(outcome).coverage, 0);
}

TEST(Summarize, NothingPublished) {
  const Summary summary = summarize({});
  EXPECT_EQ(summary.coverage, 1);
  EXPECT_EQ(summary.per_version, 0);
  EXPECT_EQ(summary.redundancy, 0);
  EXPECT_TRUE(summary.latencies.empty());
}

TEST(Summarize, RatiosOfMessages) {
  Outcome outcome;
  outcome.versions = {version(End::committed, 10), version(End::lost, 5)};
  outcome.messages.sent = 90;
  EXPECT_EQ(summarize(outcome).per_version, 45);
  EXPECT_EQ(summarize(outcome).redundancy, 5);
}

TEST(Quantile, IsTheNearestRank) {
  const std::vector<Duration> values = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  EXPECT_EQ(quantile(values, 0.5), 5);
  EXPECT_EQ(quantile(values, 0.51), 6);
  EXPECT_EQ(quantile(values, 0.99), 10);
  EXPECT_EQ(quantile(values, 0.001), 1);
  EXPECT_EQ(quantile(values, 1), 10);
  EXPECT_EQ(quantile({42}, 0.5), 42);
}

TEST(Quantile, EveryHundredthIsExact) {
  std::vector<Duration> values(100);
  for (int i = 0; i < 100; ++i) values[static_cast<std::size_t>(i)] = i + 1;
  for (int percent = 1; percent <= 100; ++percent) EXPECT_EQ(quantile(values, percent / 100.0), percent);
}

RC_GTEST_PROP(Quantile, IsTheSmallestValueThatEnoughDoNotExceed, (std::vector<std::int64_t> values)) {
  RC_PRE(!values.empty());
  const double share = *rc::gen::inRange(1, 1001) / 1000.0;
  std::sort(values.begin(), values.end());
  const Duration found = quantile(values, share);
  const auto count = static_cast<double>(values.size());
  const auto up_to = std::upper_bound(values.begin(), values.end(), found) - values.begin();
  const auto below = std::lower_bound(values.begin(), values.end(), found) - values.begin();
  RC_ASSERT(static_cast<double>(up_to) / count >= share);
  RC_ASSERT(static_cast<double>(below) / count < share);
}

TEST(Merge, SumsAndJoins) {
  Outcome merged = run_of(1);
  merge(merged, run_of(2));
  merge(merged, run_of(3));
  EXPECT_EQ(merged.runs, 3U);
  EXPECT_EQ(merged.seed, 7U);
  EXPECT_EQ(merged.duration, 9 * kSecond);
  EXPECT_EQ(merged.messages.sent, 300U);
  EXPECT_EQ(merged.messages.in_flight, 3U);
  EXPECT_EQ(merged.faults.at(0).eligible, 300U);
  EXPECT_EQ(merged.faults.at(0).hit, 90U);
  EXPECT_EQ(merged.faults.at(0).expected_hits, 75);
  ASSERT_EQ(merged.versions.size(), 6U);
  for (std::uint32_t i = 0; i < 6; ++i) EXPECT_EQ(merged.versions[i].run, i / 2);
}

// Runs of one scenario have one chance; should it ever vary, their hits together are not binomial.
TEST(Merge, AChanceThatVariesIsNone) {
  Outcome merged = run_of(1);
  merged.faults[0].chance = 0.25;
  merged.faults[0].independent = true;
  Outcome same = merged;
  merge(merged, std::move(same));
  EXPECT_EQ(merged.faults[0].chance, 0.25);
  EXPECT_TRUE(merged.faults[0].independent);
  Outcome other = run_of(2);
  other.faults[0].chance = 0.5;
  other.faults[0].independent = true;
  merge(merged, std::move(other));
  EXPECT_EQ(merged.faults[0].chance, std::nullopt);
  EXPECT_FALSE(merged.faults[0].independent);
}

TEST(Merge, OfTheTimesOfAFaultAsManyAsAreKept) {
  Outcome merged = run_of(1);
  Outcome next = run_of(1);
  merged.faults[0].add_time(7);
  for (Tick at = 0; at < 1'500; ++at) next.faults[0].add_time(at);
  ASSERT_EQ(next.faults[0].times.size(), Evidence::kMostTimes);
  merge(merged, std::move(next));
  EXPECT_EQ(merged.faults[0].instants, 1'501U);
  ASSERT_EQ(merged.faults[0].times.size(), Evidence::kMostTimes);
  EXPECT_EQ(merged.faults[0].times[0], 7);
  EXPECT_EQ(merged.faults[0].times.back(), 998);
}

TEST(Merge, EveryCountOfMessages) {
  Messages messages{1, 2, 3, 4, 5, 6, 7, 8, 9};
  messages += Messages{10, 20, 30, 40, 50, 60, 70, 80, 90};
  EXPECT_EQ(messages.sent, 11U);
  EXPECT_EQ(messages.delivered, 22U);
  EXPECT_EQ(messages.dropped, 33U);
  EXPECT_EQ(messages.failed, 44U);
  EXPECT_EQ(messages.in_flight, 55U);
  EXPECT_EQ(messages.duplicated, 66U);
  EXPECT_EQ(messages.delayed, 77U);
  EXPECT_EQ(messages.rejected, 88U);
  EXPECT_EQ(messages.foreign, 99U);
}

TEST(Merge, OneRunThatSharesMakesTheRunTheUnit) {
  Outcome merged = run_of(1);
  Outcome next = run_of(2);
  next.unit = Unit::run;
  next.interrupted = true;
  next.faults[0].opened = next.faults[0].shared = true;
  merge(merged, std::move(next));
  EXPECT_EQ(merged.unit, Unit::run);
  EXPECT_TRUE(merged.interrupted);
  EXPECT_TRUE(merged.faults[0].opened);
  EXPECT_TRUE(merged.faults[0].shared);
}

TEST(Merge, TakesTheWorstLag) {
  Outcome merged = run_of(1);
  Outcome next = run_of(2);
  merged.lag = Lag{1, 20, 300};
  next.lag = Lag{2, 10, 400};
  merge(merged, std::move(next));
  EXPECT_EQ(merged.lag.value().p50, 2);
  EXPECT_EQ(merged.lag.value().p99, 20);
  EXPECT_EQ(merged.lag.value().max, 400);
}

TEST(Merge, DigestsDependOnEveryRunAndOnTheirOrder) {
  const auto digest_of = [](std::uint64_t a, std::uint64_t b) {
    Outcome merged = run_of(a);
    merge(merged, run_of(b));
    return to_string(merged.trace_digest.value()) + to_string(merged.learned_digest);
  };
  EXPECT_EQ(digest_of(1, 2), digest_of(1, 2));
  EXPECT_NE(digest_of(1, 2), digest_of(2, 1));
  EXPECT_NE(digest_of(1, 2), digest_of(1, 3));
  EXPECT_NE(digest_of(1, 2), digest_of(3, 2));
}

// Stored results are compared across machines and versions of the program.
TEST(Merge, TheFoldOfDigestsIsFixed) {
  Outcome merged = run_of(1);
  merge(merged, run_of(2));
  EXPECT_EQ(to_string(merged.learned_digest), "39cd19711d079cbe52b2c69a24c87262");
}

TEST(Merge, WithoutATraceOfOneThereIsNoneOfAll) {
  Outcome merged = run_of(1);
  Outcome next = run_of(2);
  next.trace_digest.reset();
  merge(merged, std::move(next));
  EXPECT_EQ(merged.trace_digest, std::nullopt);
}

TEST(Merge, OnlySingleRunsOfOneScenario) {
  Outcome merged = run_of(1);
  Outcome two = run_of(2);
  merge(two, run_of(3));
  EXPECT_THROW(merge(merged, std::move(two)), Bug);
  Outcome other = run_of(4);
  other.faults[0].name = "other";
  EXPECT_THROW(merge(merged, std::move(other)), Bug);
}

}  // namespace
}  // namespace hearsay::measure
