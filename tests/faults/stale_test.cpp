#include <gtest/gtest.h>

#include <map>
#include <string>

#include "tests/faults/stream.hpp"
#include "tests/support/exact_binomial.hpp"
#include "tests/support/uniformity.hpp"

namespace hearsay::faults {
namespace {

using testing::kFalseAlarm;

/// Versions 1..4 have entered.
Layer layer_with(const std::string& probability) {
  Layer layer = layer_of(a_fault("stale", "probability = " + probability));
  for (Slot slot = 0; slot < 4; ++slot) layer.opened(slot, slot + 1);
  return layer;
}

TEST(Stale, AnOlderVersionGoesTheSameWay) {
  Layer layer = layer_with("1");
  Stream stream(layer);
  const Message message = stream.message({.at = 7, .from = 3, .to = {5}, .version = 2, .round = 4});
  EXPECT_EQ(message.marks, 0);
  const Batch* replayed = layer.next_copies();
  ASSERT_NE(replayed, nullptr);
  EXPECT_EQ(replayed->version(), 1);
  EXPECT_EQ(replayed->slot(), 0U);
  EXPECT_EQ(replayed->round(), 4U);
  EXPECT_EQ(replayed->from()[0], 3U);
  EXPECT_EQ(replayed->to(0)[0], 5U);
  EXPECT_NE(replayed->copy(), 0U);
  EXPECT_EQ(layer.next_copies(), nullptr);
}

TEST(Stale, WhereThereIsNoOlderVersionNothingIsEligible) {
  Layer layer = layer_with("1");
  Stream stream(layer);
  stream.send({.version = 1});
  EXPECT_EQ(layer.evidence(0)[0].eligible, 0U);
  layer.settled(0);
  stream.send({.version = 2});
  EXPECT_EQ(layer.evidence(0)[0].eligible, 0U) << "the only older one has settled";
  layer.settled(2);
  stream.send({.version = 4});
  EXPECT_EQ(layer.evidence(0)[0].eligible, 1U);
  EXPECT_EQ(layer.next_copies()->version(), 2);
}

TEST(Stale, WhatIsReplayedToTwoVersionsIsToldApart) {
  Layer layer = layer_with("1");
  Stream stream(layer);
  layer.settled(1);
  layer.settled(2);
  stream.send({.version = 3});
  const std::uint32_t first = layer.next_copies()->copy();
  stream.send({.version = 4});
  EXPECT_NE(layer.next_copies()->copy(), first);
}

// 1,000,000 messages: at its rate, and each of three older versions as often as the others.
TEST(StaleStatistics, HitsAtItsProbabilityAndChoosesUniformly) {
  Layer layer = layer_with("0.3");
  Stream stream(layer);
  std::vector<std::uint64_t> chosen(3);
  for (Round round = 1; round <= 50'000; ++round) {
    stream.send({.to = everyone(), .version = 4, .round = round});
    while (const Batch* replayed = layer.next_copies()) ++chosen.at(replayed->slot());
  }
  const measure::Evidence evidence = layer.evidence(0)[0];
  ASSERT_EQ(evidence.eligible, 1'000'000U);
  EXPECT_GT(testing::two_sided_p_value(evidence.hit, evidence.eligible, 0.3), kFalseAlarm);
  EXPECT_GT(testing::uniform_p_value(chosen), kFalseAlarm);
}

}  // namespace
}  // namespace hearsay::faults
