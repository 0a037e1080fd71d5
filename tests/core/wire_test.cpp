#include "core/wire.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/batches.hpp"
#include "tests/support/uniformity.hpp"
#include "tests/support/written.hpp"

namespace hearsay::core {
namespace {

using scenario::DurationRange;

constexpr NodeId kNodes = 100;

Wire wire_of(std::optional<DurationRange> latency, const std::string& faults = "", std::uint64_t seed = 1) {
  return Wire({.latency = latency}, {}, 0, testing::written("cluster.nodes = 100\n" + faults).faults, seed,
              kNodes);
}

/// Four messages of every node to node 0, judged.
Batch judged(Wire& wire, Version version = 1) {
  std::vector<testing::Burst> bursts;
  for (NodeId node = 0; node < kNodes; ++node) bursts.push_back({.from = node});
  Batch batch = testing::sealed(bursts, {.fanout = 4, .version = version});
  wire.judge(batch);
  return batch;
}

TEST(Wire, WithoutLatencyMessagesAreThereAtOnce) {
  Wire wire = wire_of({});
  const Batch batch = judged(wire);
  for (const std::uint32_t delay : batch.delay(3)) EXPECT_EQ(delay, 0U);
}

TEST(Wire, AConstantLatencyIsThatOfEveryMessage) {
  Wire wire = wire_of(DurationRange{7, 7});
  const Batch batch = judged(wire);
  for (const std::uint32_t delay : batch.delay(3)) EXPECT_EQ(delay, 7U);
  EXPECT_EQ(wire.delayed(), 0U);
}

// 400,000 latencies. Were one of the five off by a fiftieth, this would fail almost surely.
TEST(WireStatistics, ARangeIsUniformEndsIncluded) {
  Wire wire = wire_of(DurationRange{10, 14});
  std::vector<std::uint64_t> counts(5);
  for (Version version = 1; version <= 1000; ++version) {
    const Batch batch = judged(wire, version);
    for (std::uint32_t slot = 0; slot < 4; ++slot)
      for (const std::uint32_t delay : batch.delay(slot)) ++counts.at(delay - 10);
  }
  EXPECT_GT(testing::uniform_p_value(counts), testing::kFalseAlarm);
}

std::vector<std::uint32_t> delays(Wire wire) {
  const Batch batch = judged(wire);
  return {batch.delay(0).begin(), batch.delay(0).end()};
}

TEST(Wire, LatenciesAreDrawnByTheSeed) {
  const DurationRange range{0, 1000};
  EXPECT_EQ(delays(wire_of(range)), delays(wire_of(range)));
  EXPECT_NE(delays(wire_of(range, "", 2)), delays(wire_of(range)));
}

const std::string kSlow = "[[fault]]\nname = \"slow\"\nkind = \"delay\"\ndelay = \"5us\"\nfrom = \"0..9\"\n";
const std::string kCut = "[[fault]]\nname = \"cut\"\nkind = \"drop\"\nprobability = 1\nfrom = \"5..14\"\n";

TEST(Wire, WhatAFaultHoldsBackComesOnTopAndIsCounted) {
  Wire wire = wire_of(DurationRange{7, 7}, kSlow);
  const Batch batch = judged(wire);
  for (NodeId node = 0; node < kNodes; ++node) EXPECT_EQ(batch.delay(0)[node], node < 10 ? 12U : 7U);
  EXPECT_EQ(wire.delayed(), 40U);
}

TEST(Wire, WhatIsTakenIsNotHeldBack) {
  Wire wire = wire_of({}, kSlow + kCut);
  judged(wire);
  EXPECT_EQ(wire.delayed(), 20U);
}

}  // namespace
}  // namespace hearsay::core
