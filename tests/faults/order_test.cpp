// What faults need of the order of messages, and what comes with it: limits, and correlated delays.

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "tests/faults/stream.hpp"

namespace hearsay::faults {
namespace {

TEST(Order, IsNeededWhileAFaultWithAMemoryIsOpen) {
  const Layer layer = layer_of(
      a_fault("burst", "probability = 0.1\nburst_length = 2\nat = \"1s\"\nfor = \"1s\"\nevery = \"10s\"") +
      a_fault("stale", "probability = 0.1\nat = \"12s\"\nfor = \"1s\"", "old"));
  EXPECT_EQ(layer.order(0, kSecond - 1), Order::none);
  EXPECT_EQ(layer.order(0, kSecond), Order::by_time);
  EXPECT_EQ(layer.order(2 * kSecond - 1, 3 * kSecond), Order::by_time);
  EXPECT_EQ(layer.order(2 * kSecond, 3 * kSecond), Order::none);
  EXPECT_EQ(layer.order(11 * kSecond, 12 * kSecond), Order::by_instant);
  EXPECT_EQ(layer.next_order(0), kSecond);
  EXPECT_EQ(layer.next_order(kSecond), 11 * kSecond);
  EXPECT_EQ(layer.next_order(11 * kSecond), 12 * kSecond);
}

TEST(Order, IsNotNeededByTheOthersNorByWhatIsOff) {
  const Layer layer =
      layer_of(a_fault("drop", "probability = 0.5") + a_fault("duplicate", "probability = 1", "b") +
               a_fault("stale", "probability = 0", "c") +
               a_fault("delay", "delay = \"1ms..2ms\"\ncorrelation = 0", "d") +
               a_fault("reorder", "probability = 1\ndelay = \"1ms\"", "e"));
  EXPECT_EQ(layer.order(0, kHour), Order::none);
  EXPECT_EQ(layer.next_order(0), kNever);
}

TEST(Order, AMemoryIsSharedByAllVersions) {
  EXPECT_TRUE(layer_of(a_fault("throttle", "rate = 5")).evidence(0)[0].shared);
  EXPECT_TRUE(layer_of(a_fault("delay", "delay = \"1ms..2ms\"\ncorrelation = 0.5")).evidence(0)[0].shared);
  EXPECT_FALSE(layer_of(a_fault("delay", "delay = \"1ms..2ms\"")).evidence(0)[0].shared);
}

/// The delays of one link, of 20 messages in each burst.
std::vector<double> delays_of_link(Layer& layer, Version versions) {
  std::vector<double> all;
  Stream stream(layer);
  for (Version version = 1; version <= versions; ++version) {
    const Batch& batch = stream.send({.to = std::vector<NodeId>(20, 1), .version = version});
    for (std::uint32_t slot = 0; slot < 20; ++slot) all.push_back(batch.delay(slot)[0]);
  }
  return all;
}

double correlation(const std::vector<double>& values, std::size_t apart) {
  double mean = 0;
  for (const double value : values) mean += value / static_cast<double>(values.size());
  double products = 0;
  double squares = 0;
  for (std::size_t i = 0; i + apart < values.size(); ++i) {
    products += (values[i] - mean) * (values[i + apart] - mean);
    squares += (values[i] - mean) * (values[i] - mean);
  }
  return products / squares;
}

// 1,000,000 messages. By Bartlett's formula an estimate of the correlation c^k varies by at most
// sqrt((1 + c²) / (1 - c²) / n), 0.0022 here: 6.2 of that are a false alarm in 1.8e9, by the normal limit.
TEST(CorrelatedDelayStatistics, MessagesThatAreSoFarApartAreCorrelatedByThePowerOfIt) {
  for (const double written : {0.3, 0.8}) {
    Layer layer = layer_of(a_fault("delay",
                                   "delay = { distribution = \"normal\", mean = \"50ms\", jitter = "
                                   "\"5ms\" }\ncorrelation = " +
                                       std::to_string(written)));
    const std::vector<double> all = delays_of_link(layer, 50'000);
    for (const int apart : {1, 2, 3})
      EXPECT_NEAR(correlation(all, static_cast<std::size_t>(apart)), std::pow(written, apart), 0.0136)
          << written;
  }
}

// The mean of 1,000,000 with correlation 0.8 varies as that of a ninth: by 0.0087 ms, of which 6.2 are
// allowed.
TEST(CorrelatedDelayStatistics, TheDistributionStaysWhatItIs) {
  Layer layer = layer_of(a_fault("delay", "delay = \"10ms..20ms\"\ncorrelation = 0.8"));
  double mean = 0;
  for (const double delay : delays_of_link(layer, 50'000)) mean += delay / 1e6;
  EXPECT_NEAR(mean, 15'000, 6.2 * 8.7);
}

TEST(CorrelatedDelay, FullyCorrelatedALinkHasOneDelay) {
  Layer layer = layer_of(a_fault("delay", "delay = \"1ms..900ms\"\ncorrelation = 1"));
  Stream stream(layer);
  const std::uint32_t here = stream.message({.from = 1, .to = {2}}).delay;
  const std::uint32_t there = stream.message({.from = 2, .to = {1}}).delay;
  EXPECT_NE(here, there);
  for (Version version = 2; version < 50; ++version) {
    EXPECT_EQ(stream.message({.from = 1, .to = {2}, .version = version}).delay, here);
    EXPECT_EQ(stream.message({.from = 2, .to = {1}, .version = version}).delay, there);
  }
}

}  // namespace
}  // namespace hearsay::faults
