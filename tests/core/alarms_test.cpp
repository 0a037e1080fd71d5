#include "core/alarms.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace hearsay::core {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr gossip::Schedule kThreeRounds = {.first = 100, .interval = 10, .rounds = 3};
constexpr std::size_t kAll = 100;

class AlarmsTest : public ::testing::Test {
 protected:
  /// "at node slot/round" of all that is due at `until` or before, in the order in which it is taken.
  std::vector<std::string> due(Tick until) {
    std::vector<std::string> all;
    while (alarms_.next() <= until) {
      const RoundOf round = alarms_.due_next();
      for (const Alarms::Due each : alarms_.take(until, kAll))
        all.push_back(fmt::format("{} {} {}/{}", each.at, each.node, round.slot, round.round));
    }
    return all;
  }

  Alarms alarms_{kThreeRounds};
};

TEST_F(AlarmsTest, WhatIsHeldIsDueAtItsRelease) {
  alarms_.hold(7, {0, 2});
  alarms_.hold(7, {1, 1});
  alarms_.hold(8, {0, 2});
  EXPECT_EQ(alarms_.next(), kNever);
  EXPECT_TRUE(alarms_.pending(0));
  EXPECT_FALSE(alarms_.pending(2));
  alarms_.release(7, 50);
  EXPECT_THAT(due(49), IsEmpty());
  EXPECT_THAT(due(50), ElementsAre("50 7 0/2", "50 7 1/1"));
  EXPECT_TRUE(alarms_.pending(0));
  EXPECT_FALSE(alarms_.pending(1));
  alarms_.release(8, 60);
  EXPECT_THAT(due(kHour), ElementsAre("60 8 0/2"));
  EXPECT_FALSE(alarms_.pending(0));
}

TEST_F(AlarmsTest, AreGoneOnceTheyAreDropped) {
  alarms_.hold(7, {0, 2});
  alarms_.follow(7, {1, 1}, 0, 1);
  alarms_.drop(7);
  alarms_.drop(8);
  EXPECT_FALSE(alarms_.pending(0));
  EXPECT_FALSE(alarms_.pending(1));
  alarms_.release(7, 5);
  EXPECT_EQ(alarms_.next(), kNever);
}

TEST_F(AlarmsTest, AreTakenRoundByRoundInOrderOfTimeAndNoMoreThanAsked) {
  for (const NodeId node : {3, 1, 2}) alarms_.hold(node, {0, 1});
  alarms_.release(3, 10);
  alarms_.release(1, 20);
  alarms_.release(2, 15);
  std::vector<NodeId> first;
  for (const Alarms::Due each : alarms_.take(kHour, 2)) first.push_back(each.node);
  EXPECT_THAT(first, ElementsAre(3, 2));
  EXPECT_THAT(due(kHour), ElementsAre("20 1 0/1"));
}

TEST_F(AlarmsTest, FollowTheTimersOfTheirNode) {
  alarms_.follow(7, {0, 1}, 1'000, 0.5);
  alarms_.follow(8, {0, 2}, 1'000, 4);
  EXPECT_THAT(due(kHour), ElementsAre("1028 8 0/2", "1030 8 0/3", "1200 7 0/1", "1220 7 0/2", "1240 7 0/3"));
}

TEST_F(AlarmsTest, WhatIsToComeIsMovedWhenTheSpeedChanges) {
  alarms_.follow(7, {0, 1}, 1'000, 1);
  alarms_.retime(7, 0.5, 1'060);
  EXPECT_EQ(alarms_.next(), 1'140);
  alarms_.retime(7, 1, 1'100);
  EXPECT_THAT(due(kHour), ElementsAre("1120 7 0/1", "1130 7 0/2", "1140 7 0/3"));
}

TEST_F(AlarmsTest, WhatIsHeldHasNoSpeed) {
  alarms_.hold(7, {0, 1});
  alarms_.retime(7, 0.5, 10);
  EXPECT_EQ(alarms_.next(), kNever);
  alarms_.release(7, 20);
  alarms_.retime(7, 0.25, 20);
  EXPECT_THAT(due(kHour), ElementsAre("20 7 0/1"));
}

TEST(Lasts, IsRoundedToTheNearestMicrosecond) {
  EXPECT_EQ(lasts(10, 1), 10);
  EXPECT_EQ(lasts(10, 3), 3);
  EXPECT_EQ(lasts(11, 3), 4);
  EXPECT_EQ(lasts(kLongest, 0.01), kLongest * 100);
}

}  // namespace
}  // namespace hearsay::core
