#include "measure/misses.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>
#include <vector>

namespace hearsay::measure {
namespace {

using Told = std::tuple<NodeId, Life, Fate>;

std::vector<Told> all(const Misses& misses) {
  std::vector<Told> told;
  misses.for_each([&](NodeId to, Life life, Fate by) { told.emplace_back(to, life, by); });
  std::ranges::sort(told);
  return told;
}

TEST(Misses, AreToldAsTheyWereAdded) {
  Misses misses;
  std::vector<Told> added;
  for (NodeId node = 0; node < 2'000; ++node) {
    const Life life = node % 10 == 0 ? node : 0;
    const Fate by = node % 3 == 0 ? 255 : static_cast<Fate>(1 + node % 3);
    misses.add(node, life, by);
    added.emplace_back(node, life, by);
  }
  EXPECT_EQ(all(misses), added);
  misses.clear();
  EXPECT_TRUE(all(misses).empty());
}

}  // namespace
}  // namespace hearsay::measure
