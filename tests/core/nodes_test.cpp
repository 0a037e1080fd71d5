#include "core/nodes.hpp"

#include <gtest/gtest.h>

namespace hearsay::core {
namespace {

TEST(Nodes, AllAreUpAndUntouchedAtFirst) {
  const Nodes nodes(3);
  EXPECT_TRUE(nodes.all_up());
  EXPECT_TRUE(nodes.is_up(2));
  EXPECT_FALSE(nodes.touched(2));
  EXPECT_TRUE(nodes.wakes(2, 0));
}

TEST(Nodes, GoDownAndComeUpOnce) {
  Nodes nodes(3);
  EXPECT_FALSE(nodes.bring_up(1, 5));
  EXPECT_TRUE(nodes.take_down(1));
  EXPECT_FALSE(nodes.take_down(1));
  EXPECT_FALSE(nodes.is_up(1));
  EXPECT_FALSE(nodes.all_up());
  EXPECT_TRUE(nodes.touched(1));
  EXPECT_FALSE(nodes.touched(2));
  EXPECT_TRUE(nodes.bring_up(1, 6));
  EXPECT_FALSE(nodes.bring_up(1, 7));
  EXPECT_TRUE(nodes.all_up());
  EXPECT_TRUE(nodes.touched(1)) << "what it learned before is gone all the same";
}

TEST(Nodes, OnlyWhatTheyLearnedSinceTheyCameUpMakesThemSend) {
  Nodes nodes(3);
  nodes.take_down(1);
  EXPECT_FALSE(nodes.wakes(1, 4));
  EXPECT_TRUE(nodes.wakes(2, 4));
  nodes.bring_up(1, 6);
  EXPECT_FALSE(nodes.wakes(1, 5));
  EXPECT_TRUE(nodes.wakes(1, 6));
}

}  // namespace
}  // namespace hearsay::core
