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

class InboxTest : public ::testing::Test {
 protected:
  void pause(NodeId node, Tick at) {
    nodes_.pause(node);
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

}  // namespace
}  // namespace hearsay::core
