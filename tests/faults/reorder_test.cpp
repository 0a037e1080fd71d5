#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/faults/stream.hpp"
#include "tests/support/exact_binomial.hpp"
#include "tests/support/uniformity.hpp"

namespace hearsay::faults {
namespace {

/// The receivers of what was let go since the last time.
std::vector<NodeId> departed(Layer& layer) {
  std::vector<NodeId> to;
  Batch batch;
  while (layer.holds().depart(batch)) to.push_back(batch.to(0)[0]);
  return to;
}

using Receivers = std::vector<NodeId>;

/// Holds back what one node sends to node 1, and no other.
std::string first_behind(int behind) {
  return a_fault("reorder", "probability = 1\nbehind = " + std::to_string(behind) + "\nscope = \"from\"");
}

TEST(Reorder, BehindHoldsUntilSoManyLaterOnesCame) {
  Layer layer = layer_of(first_behind(2));
  Stream stream(layer);
  EXPECT_EQ(stream.message({.to = {1}}).marks, kHeld);
  EXPECT_EQ(departed(layer), Receivers{});
  stream.send({.at = 10, .to = {2}});
  EXPECT_EQ(departed(layer), Receivers{});
  stream.send({.at = 20, .from = 9, .to = {3}});
  EXPECT_EQ(departed(layer), Receivers{}) << "not of its scope";
  stream.send({.at = 30, .to = {4}});
  EXPECT_EQ(departed(layer), Receivers{1});
  EXPECT_EQ(layer.holds().size(), 3U);
}

TEST(Reorder, InOneBurstToo) {
  Layer layer = layer_of(first_behind(1));
  Stream stream(layer);
  stream.send({.to = {5, 6, 7}});
  EXPECT_EQ(departed(layer), (Receivers{5, 6}));
}

TEST(Reorder, WhatWaitsLongEnoughGoesAnyway) {
  Layer layer = layer_of(a_fault("reorder", "probability = 1\nbehind = 5\nat_most = \"20ms\""));
  Stream stream(layer);
  stream.send({.at = 1'000, .to = {1}});
  EXPECT_EQ(layer.holds().next(), 21'000);
  layer.holds().pass(20'999);
  EXPECT_EQ(departed(layer), Receivers{});
  layer.holds().pass(21'000);
  EXPECT_EQ(departed(layer), Receivers{1});
  EXPECT_EQ(layer.holds().next(), kNever);
}

TEST(Reorder, WhatAnotherFaultTakesIsNotHeld) {
  Layer layer = layer_of(first_behind(1) + a_fault("drop", "probability = 1", "all"));
  Stream stream(layer);
  stream.send({.to = {1, 2}});
  EXPECT_EQ(layer.holds().size(), 0U);
  EXPECT_EQ(departed(layer), Receivers{});
}

TEST(Reorder, WhatDepartsIsAsItWasWhenItWasSent) {
  Layer layer = layer_of(a_fault("delay", "delay = \"3ms\"", "slow") +
                         a_fault("corrupt", "probability = 1", "noise") + first_behind(1));
  Stream stream(layer);
  stream.send({.at = 5, .from = 3, .to = {1}, .version = 9, .round = 2});
  stream.send({.at = 7, .from = 3, .to = {2}});
  Batch batch;
  ASSERT_TRUE(layer.holds().depart(batch));
  EXPECT_EQ(batch.at()[0], 7);
  EXPECT_EQ(batch.from()[0], 3U);
  EXPECT_EQ(batch.version(), 9);
  EXPECT_EQ(batch.round(), 2U);
  EXPECT_EQ(batch.delay(0)[0], 3'000U);
  EXPECT_EQ(batch.marks(0, 0), kGarbled);
}

TEST(Reorder, WhatOneHoldsAnotherLeavesAlone) {
  Layer layer = layer_of(first_behind(1) + a_fault("reorder", "probability = 1\nbehind = 1", "again"));
  Stream stream(layer);
  stream.send({.to = {1}});
  EXPECT_EQ(layer.evidence(0)[1].eligible, 0U);
}

TEST(Reorder, ByTimeDelaysAShare) {
  Layer layer = layer_of(a_fault("reorder", "probability = 0.5\ndelay = \"50ms\""));
  std::uint64_t late = 0;
  for (const Message& message : judged(layer, traffic(0, {.fanout = 20})))
    late += message.delay == 50'000 ? 1 : 0;
  EXPECT_EQ(late, layer.evidence(0)[0].hit);
}

// 1,000,000 messages each. A rate off by 0.003 fails almost surely.
TEST(ReorderStatistics, HitAtTheirProbability) {
  for (const std::string how : {"behind = 3", "delay = \"1ms..9ms\""}) {
    Layer layer = layer_of(a_fault("reorder", "probability = 0.2\n" + how));
    Stream stream(layer);
    Batch gone;
    for (Version version = 1; version <= 50'000; ++version) {
      stream.send({.to = everyone(), .version = version});
      while (layer.holds().depart(gone)) continue;
    }
    const measure::Evidence evidence = layer.evidence(0)[0];
    ASSERT_EQ(evidence.eligible, 1'000'000U);
    EXPECT_GT(testing::two_sided_p_value(evidence.hit, evidence.eligible, 0.2), testing::kFalseAlarm) << how;
  }
}

}  // namespace
}  // namespace hearsay::faults
