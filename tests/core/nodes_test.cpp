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

}  // namespace
}  // namespace hearsay::core
