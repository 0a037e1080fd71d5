#include "core/wire.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/support/batches.hpp"
#include "tests/support/uniformity.hpp"
#include "tests/support/written.hpp"

namespace hearsay::core {
namespace {

constexpr NodeId kNodes = 100;

/// The wire of a scenario of `toml` in a world where messages take `latency` unless it says otherwise.
Wire wire_of(std::optional<DurationModel> latency, const std::string& toml = "", std::uint64_t seed = 1,
             Duration least = 0) {
  const scenario::Scenario scenario = testing::written("cluster.nodes = 100\n" + toml);
  return Wire(scenario.network, latency, least, scenario.faults, seed, kNodes);
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
  Wire wire = wire_of(DurationModel{.low = 7, .high = 7});
  const Batch batch = judged(wire);
  for (const std::uint32_t delay : batch.delay(3)) EXPECT_EQ(delay, 7U);
  EXPECT_EQ(wire.delayed(), 0U);
}

// 400,000 latencies. Were one of the five off by a fiftieth, this would fail almost surely.
TEST(WireStatistics, ARangeIsUniformEndsIncluded) {
  Wire wire = wire_of(DurationModel{.low = 10, .high = 14});
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
  const DurationModel range{.low = 0, .high = 1000};
  EXPECT_EQ(delays(wire_of(range)), delays(wire_of(range)));
  EXPECT_NE(delays(wire_of(range, "", 2)), delays(wire_of(range)));
}

TEST(Wire, TheScenarioBeatsTheWorld) {
  Wire wire = wire_of(DurationModel{.low = 7, .high = 7}, "network.latency = \"5us\"\n");
  const Batch batch = judged(wire);
  for (const std::uint32_t delay : batch.delay(3)) EXPECT_EQ(delay, 5U);
}

TEST(Wire, NoMessageTakesLessThanTheWorldAllows) {
  for (const std::string latency : {"0us", "0us..3us"}) {
    Wire wire = wire_of({}, "network.latency = \"" + latency + "\"\n", 1, 2);
    EXPECT_EQ(wire.least_latency(), 2);
    const Batch batch = judged(wire);
    for (const std::uint32_t delay : batch.delay(0)) EXPECT_GE(delay, 2U);
  }
}

TEST(Wire, TellsTheLeastThatAnyMessageTakes) {
  EXPECT_EQ(wire_of({}).least_latency(), 0);
  EXPECT_EQ(wire_of(DurationModel{.low = 7, .high = 9}).least_latency(), 7);
  const std::string group = "network.group = [{ nodes = 1, latency = \"5us\" }]\n";
  EXPECT_EQ(wire_of({}, group).least_latency(), 0);
  EXPECT_EQ(wire_of(DurationModel{.low = 7, .high = 9}, group).least_latency(), 5);
  EXPECT_EQ(
      wire_of({}, "network.latency = { distribution = \"exponential\", mean = \"1s\" }\n").least_latency(),
      0);
}

/// Every node and the initiator send to nodes 0, 1, ... fanout - 1.
Batch to_the_first(Wire& wire, std::uint32_t fanout) {
  std::vector<testing::Burst> bursts;
  for (NodeId node = 0; node < kNodes; ++node) bursts.push_back({.from = node});
  bursts.push_back({.from = kInitiator});
  Batch batch = testing::sealed(bursts, {.fanout = fanout});
  for (std::uint32_t slot = 0; slot < fanout; ++slot) std::ranges::fill(batch.to(slot), slot);
  wire.judge(batch);
  return batch;
}

// Node 0 is in the first group, node 1 in the second and a side of the third, node 2 is its other side.
TEST(Wire, TheFirstGroupOfAMessageDecides) {
  const std::string groups =
      "[network]\nlatency = \"1us\"\n"
      "[[network.group]]\nnodes = [0, 50]\nlatency = \"10us\"\n"
      "[[network.group]]\nnodes = [\"0..1\", \"50..51\"]\nlatency = \"20us\"\n"
      "[[network.group]]\nbetween = [1, [2, 60]]\nlatency = \"30us\"\n";
  Wire wire = wire_of(DurationModel{.low = 7, .high = 7}, groups);
  const Batch batch = to_the_first(wire, 3);
  const auto delay = [&](NodeId from, NodeId to) { return batch.delay(to)[from]; };
  EXPECT_EQ(delay(0, 0), 10U) << "to itself";
  EXPECT_EQ(delay(50, 0), 10U) << "both groups have it";
  EXPECT_EQ(delay(51, 0), 20U);
  EXPECT_EQ(delay(0, 1), 20U);
  EXPECT_EQ(delay(2, 1), 30U);
  EXPECT_EQ(delay(60, 1), 30U);
  EXPECT_EQ(delay(1, 2), 30U) << "both ways";
  EXPECT_EQ(delay(2, 2), 1U) << "one side alone";
  EXPECT_EQ(delay(60, 2), 1U);
  EXPECT_EQ(delay(0, 2), 1U);
  EXPECT_EQ(delay(99, 0), 1U);
}

TEST(Wire, TheInitiatorBelongsToNoGroup) {
  Wire wire =
      wire_of(DurationModel{.low = 7, .high = 7}, "network.group = [{ nodes = \"*\", latency = \"20us\" }]");
  const Batch batch = to_the_first(wire, 2);
  EXPECT_EQ(batch.delay(1)[99], 20U);
  EXPECT_EQ(batch.delay(1)[100], 7U);
}

// A group with the very latency of the network changes nothing.
TEST(Wire, GroupsDrawByTheSameKey) {
  const std::string latency =
      "latency = { distribution = \"lognormal\", mean = \"20ms\", jitter = \"5ms\" }\n";
  Wire plain = wire_of({}, "[network]\n" + latency);
  Wire grouped = wire_of({}, "[network]\n" + latency + "[[network.group]]\nnodes = \"0..49\"\n" + latency);
  const Batch by_itself = to_the_first(plain, 5);
  const Batch by_group = to_the_first(grouped, 5);
  for (std::uint32_t slot = 0; slot < 5; ++slot) {
    EXPECT_TRUE(std::ranges::equal(by_itself.delay(slot), by_group.delay(slot)));
    EXPECT_GT(by_itself.delay(slot)[0], 1'000U);
  }
}

const std::string kSlow = "[[fault]]\nname = \"slow\"\nkind = \"delay\"\ndelay = \"5us\"\nfrom = \"0..9\"\n";
const std::string kCut = "[[fault]]\nname = \"cut\"\nkind = \"drop\"\nprobability = 1\nfrom = \"5..14\"\n";

TEST(Wire, WhatAFaultHoldsBackComesOnTopAndIsCounted) {
  Wire wire = wire_of(DurationModel{.low = 7, .high = 7}, kSlow);
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
