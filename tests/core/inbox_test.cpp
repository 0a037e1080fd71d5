#include "core/inbox.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace hearsay::core {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Takes one time over all messages, and counts them.
class Steady final : public faults::Slowness {
 public:
  explicit Steady(Duration delay) : delay_(delay) {}
  Duration takes(NodeId, Tick) override {
    ++asked;
    return delay_;
  }

  int asked = 0;

 private:
  Duration delay_;
};

class InboxTest : public ::testing::Test {
 protected:
  void pause(NodeId node, Tick at) {
    nodes_.pause(node);
    inbox_.attention_changed(node, at);
  }
  void slow(NodeId node, Tick at) {
    nodes_.slow(node, steady_);
    inbox_.attention_changed(node, at);
  }
  void unslow(NodeId node, Tick at) {
    nodes_.unslow(node, steady_);
    inbox_.attention_changed(node, at);
  }
  void resume(NodeId node, Tick at) {
    nodes_.resume(node);
    inbox_.attention_changed(node, at);
  }

  /// "at node thing" of all that is handled at `until` or before.
  std::vector<std::string> handled(Tick until) {
    std::vector<std::string> all;
    inbox_.serve(until, [&](NodeId node, Tick at, const std::string& thing) {
      all.push_back(fmt::format("{} {} {}", at, node, thing));
    });
    return all;
  }

  Steady steady_{10};
  Nodes nodes_{4};
  Inbox<std::string> inbox_{nodes_};
};

TEST_F(InboxTest, APausedNodeHandlesWhatCameWhenItGoesOnInTheOrderInWhichItCame) {
  pause(1, 5);
  pause(2, 5);
  inbox_.put(1, 6, "b");
  inbox_.put(2, 7, "x");
  inbox_.put(1, 8, "a");
  EXPECT_EQ(inbox_.next(), kNever);
  resume(1, 10);
  EXPECT_EQ(inbox_.next(), 10);
  EXPECT_THAT(handled(9), IsEmpty());
  EXPECT_THAT(handled(10), ElementsAre("10 1 b", "10 1 a"));
  EXPECT_FALSE(inbox_.empty());
  resume(2, 12);
  EXPECT_THAT(handled(kHour), ElementsAre("12 2 x"));
  EXPECT_TRUE(inbox_.empty());
}

TEST_F(InboxTest, WhatIsNotYetHandledWaitsAgainWhenANodeIsPausedInTheSameInstant) {
  pause(1, 0);
  inbox_.put(1, 1, "a");
  resume(1, 5);
  pause(1, 5);
  EXPECT_THAT(handled(kHour), IsEmpty());
  resume(1, 9);
  EXPECT_THAT(handled(kHour), ElementsAre("9 1 a"));
}

TEST_F(InboxTest, WhatWaitsAtANodeThatGoesDownIsLost) {
  pause(1, 0);
  inbox_.put(1, 1, "a");
  inbox_.put(1, 2, "b");
  std::vector<std::string> lost;
  inbox_.clear(1, [&](std::string thing) { lost.push_back(std::move(thing)); });
  inbox_.clear(2, [&](std::string thing) { lost.push_back(std::move(thing)); });
  EXPECT_THAT(lost, ElementsAre("a", "b"));
  EXPECT_TRUE(inbox_.empty());
  resume(1, 5);
  EXPECT_THAT(handled(kHour), IsEmpty());
}

TEST_F(InboxTest, ASlowNodeHandlesOneThingAfterTheOther) {
  slow(1, 0);
  inbox_.put(1, 5, "a");
  inbox_.put(1, 6, "b");
  inbox_.put(1, 40, "c");
  EXPECT_EQ(inbox_.next(), 15);
  EXPECT_THAT(handled(kHour), ElementsAre("15 1 a", "25 1 b", "50 1 c"));
  inbox_.put(1, 51, "d");
  EXPECT_THAT(handled(60), IsEmpty());
  EXPECT_THAT(handled(61), ElementsAre("61 1 d"));
  EXPECT_EQ(steady_.asked, 4);
}

TEST_F(InboxTest, AllThatWaitsIsHandledOnceANodeIsNoLongerSlow) {
  slow(1, 0);
  inbox_.put(1, 5, "a");
  inbox_.put(1, 6, "b");
  unslow(1, 8);
  EXPECT_THAT(handled(kHour), ElementsAre("8 1 a", "8 1 b"));
}

TEST_F(InboxTest, APauseMakesItNoShorter) {
  slow(1, 0);
  inbox_.put(1, 5, "a");
  inbox_.put(1, 6, "b");
  pause(1, 9);
  EXPECT_EQ(inbox_.next(), kNever);
  resume(1, 100);
  EXPECT_THAT(handled(kHour), ElementsAre("106 1 a", "116 1 b"));
}

TEST_F(InboxTest, WhatCameWhilePausedIsBegunWhenASlowNodeGoesOn) {
  pause(1, 0);
  inbox_.put(1, 5, "a");
  slow(1, 7);
  resume(1, 9);
  EXPECT_THAT(handled(kHour), ElementsAre("19 1 a"));
}

TEST_F(InboxTest, ANodeThatIsSlowNoLongerWhenItGoesOnHandlesAllAtOnce) {
  slow(1, 0);
  inbox_.put(1, 5, "a");
  pause(1, 9);
  unslow(1, 12);
  EXPECT_EQ(inbox_.next(), kNever);
  resume(1, 20);
  EXPECT_THAT(handled(kHour), ElementsAre("20 1 a"));
}

TEST_F(InboxTest, OneThingMoreThatSlowsItDoesNotTouchWhatItHasBegun) {
  slow(1, 0);
  inbox_.put(1, 5, "a");
  inbox_.put(1, 5, "b");
  slow(1, 6);
  EXPECT_THAT(handled(kHour), ElementsAre("15 1 a", "35 1 b"));
}

}  // namespace
}  // namespace hearsay::core
