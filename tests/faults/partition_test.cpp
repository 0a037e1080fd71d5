#include <gtest/gtest.h>

#include <string>

#include "tests/faults/stream.hpp"

namespace hearsay::faults {
namespace {

Layer partitioned(const std::string& lines) { return layer_of(a_fault("partition", lines)); }

bool low(NodeId node) { return node < 5; }
bool high(NodeId node) { return node >= 15 && node < kNodes; }

TEST(Partition, TakesAllThatCrossesBothWays) {
  Layer layer = partitioned("between = [\"0..4\", \"15..19\"]");
  std::uint64_t crossing = 0;
  for (const Message& message : judged(layer, traffic(0, {.fanout = 20}))) {
    const bool crosses = (low(message.from) && high(message.to)) || (high(message.from) && low(message.to));
    EXPECT_EQ(message.dropped(), crosses);
    crossing += crosses ? 1 : 0;
  }
  EXPECT_EQ(layer.evidence(0)[0].eligible, crossing);
  EXPECT_EQ(layer.evidence(0)[0].hit, crossing);
}

TEST(Partition, OneWayOnlyFromTheFirstSide) {
  Layer layer = partitioned("between = [\"0..4\", \"15..19\"]\ndirection = \"one-way\"");
  for (const Message& message : judged(layer, traffic(0, {.fanout = 20})))
    EXPECT_EQ(message.dropped(), low(message.from) && high(message.to));
}

TEST(Partition, TheRestIsEveryoneElseWithTheInitiator) {
  Layer layer = partitioned("between = [\"0..4\", \"*\"]");
  for (const Message& message : judged(layer, traffic(0, {.fanout = 20})))
    EXPECT_EQ(message.dropped(), low(message.from) != low(message.to));
}

TEST(Partition, OfSeveralPairsEachCuts) {
  Layer layer = partitioned("between = [[0, 1], [2, \"3..4\"]]");
  for (const Message& message : judged(layer, traffic(0, {.fanout = 20}))) {
    const NodeId least = std::min(message.from, message.to);
    const NodeId most = std::max(message.from, message.to);
    EXPECT_EQ(message.dropped(), (least == 0 && most == 1) || (least == 2 && (most == 3 || most == 4)));
  }
}

TEST(Partition, HealsWhenItsWindowEnds) {
  Layer layer = partitioned("between = [0, 1]\nat = \"1s\"\nfor = \"1s\"");
  Stream stream(layer);
  EXPECT_FALSE(stream.message({.at = kSecond - 1}).dropped());
  EXPECT_TRUE(stream.message({.at = kSecond}).dropped());
  EXPECT_TRUE(stream.message({.at = 2 * kSecond - 1}).dropped());
  EXPECT_FALSE(stream.message({.at = 2 * kSecond}).dropped());
}

// The sides are drawn anew in the middle of the batch, and it ends between two openings.
TEST(Partition, JudgesFullBatchesAsItJudgesBurstByBurst) {
  const std::string lines =
      "between = [[{ count = 8 }, \"*\"], [{ share = \"40%\" }, { count = 9 }]]\nfor = \"60us\"\nevery = "
      "\"70us\"\n";
  for (const char* direction : {"direction = \"both\"", "direction = \"one-way\""}) {
    std::vector<testing::Burst> bursts;
    for (std::uint32_t i = 0; i < 200; ++i) bursts.push_back({.from = i % (kNodes + 1), .at = i});
    for (testing::Burst& burst : bursts)
      if (burst.from == kNodes) burst.from = kInitiator;
    Batch batch = testing::sealed(bursts, {.fanout = 3});
    for (std::uint32_t slot = 0; slot < 3; ++slot)
      for (std::uint32_t burst = 0; burst < batch.bursts(); ++burst)
        batch.to(slot)[burst] = (7 * burst + slot) % kNodes;
    Layer whole = partitioned(lines + direction);
    Layer one_by_one = partitioned(lines + direction);
    whole.judge(batch);
    Stream stream(one_by_one);
    for (std::uint32_t burst = 0; burst < batch.bursts(); ++burst) {
      const std::vector<NodeId> to = {batch.to(0)[burst], batch.to(1)[burst], batch.to(2)[burst]};
      const Batch& alone = stream.send({.at = bursts[burst].at, .from = bursts[burst].from, .to = to});
      for (std::uint32_t slot = 0; slot < 3; ++slot)
        EXPECT_EQ(batch.fate(slot)[burst], alone.fate(slot)[0]) << burst;
    }
    EXPECT_GT(whole.evidence(200)[0].hit, 50U);
    EXPECT_EQ(whole.evidence(200)[0].hit, one_by_one.evidence(200)[0].hit);
  }
}

TEST(Partition, ARandomSideIsSharedByAllVersions) {
  EXPECT_FALSE(partitioned("between = [0, 1]").evidence(0)[0].shared);
  EXPECT_TRUE(partitioned("between = [{ count = 3 }, \"*\"]").evidence(0)[0].shared);
}

}  // namespace
}  // namespace hearsay::faults
