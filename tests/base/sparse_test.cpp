#include "base/sparse.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace hearsay {
namespace {

TEST(Sparse, AtFirstNobodyHasAValue) {
  const Sparse<std::uint32_t> values(100);
  EXPECT_TRUE(values.empty());
  EXPECT_FALSE(values.has(7));
  EXPECT_EQ(values[7], 0U);
}

TEST(Sparse, IsWhatAPlainMapIs) {
  constexpr NodeId kNodes = 3'000;
  std::mt19937 random(1);
  Sparse<std::uint32_t> values(kNodes);
  std::map<NodeId, std::uint32_t> plain;
  for (std::uint32_t step = 1; step <= 4'000; ++step) {
    const auto node = static_cast<NodeId>(random() % kNodes);
    values.put(node, step);
    plain[node] = step;
  }
  for (NodeId node = 0; node < kNodes; ++node) {
    EXPECT_EQ(values.has(node), plain.contains(node));
    EXPECT_EQ(values[node], plain.contains(node) ? plain.at(node) : 0);
  }
}

}  // namespace
}  // namespace hearsay
