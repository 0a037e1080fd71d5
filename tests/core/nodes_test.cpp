#include "core/nodes.hpp"

#include <gtest/gtest.h>

namespace hearsay::core {
namespace {

TEST(Nodes, AllAreUpAttendAndUntouchedAtFirst) {
  const Nodes nodes(3);
  EXPECT_TRUE(nodes.all_up());
  EXPECT_TRUE(nodes.is_up(2));
  EXPECT_TRUE(nodes.all_attend());
  EXPECT_TRUE(nodes.attends(2));
  EXPECT_FALSE(nodes.is_paused(2));
  EXPECT_FALSE(nodes.any_touched());
  EXPECT_FALSE(nodes.touched(2));
}

TEST(Nodes, GoDownAndComeUpOnce) {
  Nodes nodes(3);
  EXPECT_FALSE(nodes.bring_up(1));
  EXPECT_TRUE(nodes.take_down(1));
  EXPECT_FALSE(nodes.take_down(1));
  EXPECT_FALSE(nodes.is_up(1));
  EXPECT_FALSE(nodes.all_up());
  EXPECT_TRUE(nodes.touched(1));
  EXPECT_FALSE(nodes.touched(2));
  EXPECT_TRUE(nodes.bring_up(1));
  EXPECT_FALSE(nodes.bring_up(1));
  EXPECT_TRUE(nodes.all_up());
  EXPECT_TRUE(nodes.touched(1));
}

TEST(Nodes, GoOnOnceAllTheirPausesHaveEnded) {
  Nodes nodes(3);
  nodes.pause(1);
  nodes.pause(1);
  EXPECT_TRUE(nodes.touched(1));
  EXPECT_TRUE(nodes.is_up(1));
  EXPECT_FALSE(nodes.all_attend());
  EXPECT_TRUE(nodes.attends(0));
  nodes.resume(1);
  EXPECT_TRUE(nodes.is_paused(1));
  EXPECT_FALSE(nodes.attends(1));
  nodes.resume(1);
  EXPECT_FALSE(nodes.is_paused(1));
  EXPECT_TRUE(nodes.attends(1));
  EXPECT_TRUE(nodes.all_attend());
}

TEST(Nodes, APauseStaysOnANodeThatIsDown) {
  Nodes nodes(3);
  nodes.pause(1);
  nodes.take_down(1);
  nodes.bring_up(1);
  EXPECT_TRUE(nodes.is_paused(1));
}

TEST(Nodes, TheirSpeedIsTheProductOfAllThatLiesOnThem) {
  Nodes nodes(3);
  EXPECT_TRUE(nodes.all_on_time());
  nodes.skew(1, 0.1);
  nodes.skew(1, 3);
  nodes.skew(2, 3);
  nodes.skew(2, 0.1);
  EXPECT_EQ(nodes.speed(0), 1);
  EXPECT_EQ(nodes.speed(1), nodes.speed(2)) << "in whatever order";
  EXPECT_EQ(nodes.fastest(), 1);
  nodes.unskew(1, 0.1);
  EXPECT_EQ(nodes.speed(1), 3);
  EXPECT_EQ(nodes.fastest(), 3);
  nodes.unskew(1, 3);
  EXPECT_EQ(nodes.speed(1), 1);
  EXPECT_EQ(nodes.fastest(), 1);
  nodes.unskew(2, 3);
  nodes.unskew(2, 0.1);
  EXPECT_TRUE(nodes.all_on_time());
}

}  // namespace
}  // namespace hearsay::core
