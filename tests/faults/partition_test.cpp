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

TEST(Partition, ARandomSideIsSharedByAllVersions) {
  EXPECT_FALSE(partitioned("between = [0, 1]").evidence(0)[0].shared);
  EXPECT_TRUE(partitioned("between = [{ count = 3 }, \"*\"]").evidence(0)[0].shared);
}

}  // namespace
}  // namespace hearsay::faults
