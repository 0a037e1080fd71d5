#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/faults/stream.hpp"

namespace hearsay::faults {
namespace {

scenario::Fault limited(const std::string& toml, std::uint64_t limit) {
  scenario::Fault fault = faults_of(toml).at(0);
  fault.limit = limit;
  return fault;
}

std::vector<bool> hits_of(Layer& layer, Version versions) {
  std::vector<bool> hits;
  Stream stream(layer);
  for (Version version = 1; version <= versions; ++version) {
    const Batch& batch = stream.send({.to = everyone(), .version = version});
    for (std::uint32_t slot = 0; slot < kNodes; ++slot) hits.push_back(batch.fate(slot)[0] != kGoesOn);
  }
  return hits;
}

TEST(Limit, TheFirstOnesThatWouldBeHitAreAndNoMore) {
  const std::string rule = a_fault("drop", "probability = 0.3");
  Layer free = layer_of(rule);
  const std::vector<bool> all = hits_of(free, 5);
  for (const std::uint64_t limit : {1, 6, 17, 1000}) {
    Layer layer({limited(rule, limit)}, 1, kNodes);
    std::uint64_t so_far = 0;
    std::vector<bool> expected;
    for (const bool hit : all) expected.push_back(hit && so_far++ < limit);
    EXPECT_EQ(hits_of(layer, 5), expected);
    EXPECT_EQ(layer.evidence(0)[0].hit, std::min<std::uint64_t>(limit, free.evidence(0)[0].hit));
    EXPECT_EQ(layer.evidence(0)[0].eligible, 100U);
    EXPECT_EQ(layer.order(0, 0), Order::by_time);
    EXPECT_TRUE(layer.evidence(0)[0].shared);
  }
}

TEST(Limit, WhatIsHeldStillGoesWhenTheLimitIsUsedUp) {
  Layer layer({limited(a_fault("reorder", "probability = 1\nbehind = 2\nscope = \"all\""), 1)}, 1, kNodes);
  Stream stream(layer);
  EXPECT_EQ(stream.message({.to = {1}}).marks, kHeld);
  for (NodeId to = 2; to < 4; ++to) EXPECT_EQ(stream.message({.to = {to}}).marks, 0);
  Batch batch;
  EXPECT_TRUE(layer.holds().depart(batch));
}

scenario::Fault ramped(const std::string& kind, const scenario::Ramp& ramp) {
  scenario::Fault fault = bare("it", kind);
  fault.window = {.at = kSecond, .length = 20 * kSecond, .every = 30 * kSecond};
  fault.ramp = ramp;
  fault.parameters = {{"what", std::string("request")}, {"correlation", 0.0}};
  return fault;
}

// Else the fault would be taken for a bug of the program: far fewer are hit than its chance says.
TEST(Limit, LeavesNoChanceToHoldTheHitsTo) {
  Layer layer = layer_of("[[fault]]\nname = \"x\"\nkind = \"drop\"\nprobability = 1\nlimit = 5\n");
  judged(layer, traffic());
  const measure::Evidence evidence = layer.evidence(0)[0];
  EXPECT_EQ(evidence.hit, 5U);
  EXPECT_EQ(evidence.expected_hits, 5);
  EXPECT_EQ(evidence.chance, std::nullopt);
  EXPECT_FALSE(evidence.independent);
}

TEST(Ramp, ADelayGrowsInAStraightLineFromEachOpeningOnAndStays) {
  Layer layer({ramped("delay", {"delay", 1'000, 5'000, 4 * kSecond})}, 1, kNodes);
  Stream stream(layer);
  const auto delay = [&](Tick at) { return stream.message({.at = at}).delay; };
  EXPECT_EQ(delay(kSecond - 1), 0U);
  for (const Tick opening : {kSecond, 31 * kSecond}) {
    EXPECT_EQ(delay(opening), 1'000U);
    EXPECT_EQ(delay(opening + kSecond), 2'000U);
    EXPECT_EQ(delay(opening + 4 * kSecond), 5'000U);
    EXPECT_EQ(delay(opening + 20 * kSecond - 1), 5'000U);
    EXPECT_EQ(delay(opening + 20 * kSecond), 0U);
  }
}

TEST(Ramp, AChanceGrowsAndHitsAllThatItHitBefore) {
  Layer layer({ramped("drop", {"probability", 0, 1, 10 * kSecond})}, 1, kNodes);
  std::vector<bool> before(20);
  Stream stream(layer);
  for (Tick at = kSecond; at <= 11 * kSecond; at += kSecond) {
    const Batch& batch = stream.send({.at = at, .to = everyone()});
    for (std::uint32_t slot = 0; slot < kNodes; ++slot) {
      const bool hit = batch.fate(slot)[0] != kGoesOn;
      EXPECT_TRUE(hit || !before[slot]);
      before[slot] = hit;
      EXPECT_FALSE(hit && at == kSecond);
      EXPECT_TRUE(hit || at < 11 * kSecond);
    }
  }
}

TEST(Ramp, FromNothingToNothingIsOff) {
  EXPECT_TRUE(Layer({ramped("drop", {"probability", 0, 0, kSecond})}, 1, kNodes).evidence(0)[0].off);
  EXPECT_FALSE(Layer({ramped("drop", {"probability", 0.5, 0, kSecond})}, 1, kNodes).evidence(0)[0].off);
}

}  // namespace
}  // namespace hearsay::faults
