#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/faults/traffic.hpp"
#include "tests/support/exact_binomial.hpp"
#include "tests/support/uniformity.hpp"

namespace hearsay::faults {
namespace {

using testing::kFalseAlarm;
using testing::two_sided_p_value;

std::string drop(const std::string& name, double probability, const std::string& more = "") {
  return "[[fault]]\nname = \"" + name + "\"\nkind = \"drop\"\nprobability = " + std::to_string(probability) +
         "\n" + more + "\n";
}

std::vector<bool> dropped(Layer& layer, Version versions, std::uint32_t fanout) {
  std::vector<bool> hits;
  for (Version version = 1; version <= versions; ++version)
    for (const Message& message : judged(layer, traffic(0, {.fanout = fanout, .version = version})))
      hits.push_back(message.dropped());
  return hits;
}

std::uint64_t count(const std::vector<bool>& hits) {
  return static_cast<std::uint64_t>(std::count(hits.begin(), hits.end(), true));
}

// 1,050,000 messages a rate. A rate that is off by 0.003 at 50 %, by 0.002 at 10 %, fails almost surely.
TEST(DropStatistics, HitsAtItsProbability) {
  for (const double probability : {0.001, 0.1, 0.3, 0.5, 0.9, 0.999}) {
    Layer layer = layer_of(drop("wifi", probability));
    const auto hits = dropped(layer, 5000, 10);
    ASSERT_GE(hits.size(), 1'000'000U);
    EXPECT_GT(two_sided_p_value(count(hits), hits.size(), probability), kFalseAlarm) << probability;
    EXPECT_EQ(layer.evidence(0)[0].hit, count(hits));
    EXPECT_EQ(layer.evidence(0)[0].eligible, hits.size());
  }
}

std::uint64_t count_both(const std::vector<bool>& a, const std::vector<bool>& b) {
  std::uint64_t both = 0;
  for (std::size_t i = 0; i < a.size(); ++i) both += a[i] && b[i] ? 1 : 0;
  return both;
}

TEST(DropStatistics, EachMessageIsHitIndependentlyOfAllOthers) {
  Layer layer = layer_of(drop("wifi", 0.3));
  const auto hits = dropped(layer, 5000, 10);
  // The next message of its slot, the same place one slot on, and the same message of the next version.
  for (const std::size_t apart : {std::size_t{1}, std::size_t{kNodes} + 1, (std::size_t{kNodes} + 1) * 10}) {
    const std::vector<bool> others(hits.begin() + static_cast<long>(apart), hits.end());
    const std::uint64_t both = count_both(others, hits);
    EXPECT_GT(two_sided_p_value(both, others.size(), 0.09), 1e-6) << apart;
  }
}

TEST(DropStatistics, TwoOfThemHitIndependently) {
  Layer one = layer_of(drop("wifi", 0.3));
  Layer other = layer_of(drop("radio", 0.3));
  const auto hits = dropped(one, 5000, 10);
  EXPECT_GT(two_sided_p_value(count_both(hits, dropped(other, 5000, 10)), hits.size(), 0.09), kFalseAlarm);
}

TEST(Drop, AGreaterProbabilityHitsAllThatASmallerOneHits) {
  std::vector<bool> before(21 * 3 * 20);
  for (const double probability : {0.05, 0.1, 0.5, 0.95}) {
    Layer layer = layer_of(drop("wifi", probability));
    const auto hits = dropped(layer, 20, 3);
    EXPECT_EQ(count_both(before, hits), count(before));
    before = hits;
  }
}

TEST(Drop, AnotherSeedHitsOthers) {
  Layer one = layer_of(drop("wifi", 0.5), 1);
  Layer other = layer_of(drop("wifi", 0.5), 2);
  EXPECT_NE(dropped(one, 20, 3), dropped(other, 20, 3));
}

TEST(Drop, OnlyBetweenThoseItSelects) {
  Layer layer = layer_of(drop("wifi", 1, "from = [3, \"5..6\"]\nto = \"5..7\""));
  for (const Message& message : judged(layer, traffic())) {
    const bool from = message.from == 3 || message.from == 5 || message.from == 6;
    EXPECT_EQ(message.dropped(), from && message.to >= 5 && message.to <= 7);
  }
}

TEST(Drop, OnlyWhatTheInitiatorSends) {
  Layer layer = layer_of(drop("wifi", 1, "from = \"initiator\""));
  for (const Message& message : judged(layer, traffic()))
    EXPECT_EQ(message.dropped(), message.from == kInitiator);
}

TEST(Drop, OnlyInItsWindow) {
  Layer layer = layer_of(drop("wifi", 1, "at = \"1s\"\nfor = \"10ms\"\nevery = \"1s\""));
  const auto drops = [&layer](Tick at) { return judged(layer, traffic(at))[0].dropped(); };
  EXPECT_FALSE(drops(kSecond - 1));
  EXPECT_TRUE(drops(kSecond));
  EXPECT_TRUE(drops(kSecond + 9'999));
  EXPECT_FALSE(drops(kSecond + 10'000));
  EXPECT_FALSE(drops(2 * kSecond - 1));
  EXPECT_TRUE(drops(2 * kSecond));
}

}  // namespace
}  // namespace hearsay::faults
