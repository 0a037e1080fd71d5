#include "verdict/sample.hpp"

#include <gtest/gtest.h>

#include "base/errors.hpp"
#include "tests/verdict/samples.hpp"

namespace hearsay::verdict {
namespace {

TEST(Sample, SaysOfEachVersionWhetherItCommittedAndInTime) {
  measure::Outcome outcome;
  outcome.seed = 7;
  outcome.runs = 2;
  outcome.versions = {committed_after(kSecond), lost(), committed_after(2 * kSecond, 1),
                      committed_after(3, 1)};
  for (measure::VersionRecord& version : outcome.versions) version.sent = 30;
  const Sample sample = sample_of(outcome, {kSecond});
  EXPECT_EQ(sample.seed, 7U);
  EXPECT_EQ(sample.runs, 2U);
  EXPECT_EQ(sample.versions, 2U);
  EXPECT_EQ(sample.committed, (std::vector<bool>{true, false, true, true}));
  EXPECT_EQ(sample.within.at(kSecond), (std::vector<bool>{true, false, false, true}));
  EXPECT_EQ(sample.sent, (std::vector<std::uint64_t>{60, 60}));
  EXPECT_EQ(sample.learnings, (std::vector<std::uint64_t>{19, 20}));
}

TEST(Sample, BoundsAreThoseThatExpectationsWantVersionsToCommitWithin) {
  const std::vector<std::string> texts = {"commit_latency.p99 <= 8s",
                                          "commit_rate(within = \"5s\") >= 99%",
                                          "commit_latency.p50 <= 8s",
                                          "commit_latency.p50 >= 1s",
                                          "commit_rate(within = \"2s\") <= 50%",
                                          "commit_latency.max <= 9s",
                                          "commit_rate >= 99%",
                                          "lost <= 3"};
  EXPECT_EQ(judged_bounds(expecting(texts)), (std::vector<Duration>{5 * kSecond, 8 * kSecond}));
  EXPECT_THROW(judged_bounds(expecting({"commit_rat >= 1"})), InputError);
}

}  // namespace
}  // namespace hearsay::verdict
