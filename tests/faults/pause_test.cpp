#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "tests/faults/nodes.hpp"
#include "tests/faults/traffic.hpp"

namespace hearsay::faults {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string pause(const std::string& nodes, const std::string& more = "", const std::string& name = "nap") {
  return "[[fault]]\nname = \"" + name + "\"\nkind = \"pause\"\nnodes = " + nodes + "\n" + more + "\n";
}

class Pause : public ::testing::Test {
 protected:
  Nodes nodes_;
};

TEST_F(Pause, LastsAsLongAsItsWindowIsOpenToTheMicrosecond) {
  Layer layer = layer_of(pause("[2, 4]", "at = \"5us\"\nfor = \"10us\""));
  EXPECT_THAT(acts(layer, nodes_, kHour),
              ElementsAre("5 pause 2", "5 pause 4", "15 resume 2", "15 resume 4"));
  EXPECT_EQ(layer.next_action(), kNever);
}

TEST_F(Pause, WithoutAnEndLastsForGood) {
  Layer layer = layer_of(pause("\"*\""));
  EXPECT_THAT(acts(layer, nodes_, kHour), SizeIs(kNodes));
  EXPECT_EQ(layer.next_action(), kNever);
}

TEST_F(Pause, ComesAgainAndEndsBeforeItBeginsAnew) {
  Layer layer = layer_of(pause("3", "for = \"10us\"\nevery = \"1ms\""));
  EXPECT_THAT(acts(layer, nodes_, 1'010),
              ElementsAre("0 pause 3", "10 resume 3", "1000 pause 3", "1010 resume 3"));
  Layer seamless = layer_of(pause("3", "for = \"1ms\"\nevery = \"1ms\""));
  EXPECT_THAT(acts(seamless, nodes_, 1'000), ElementsAre("0 pause 3", "1000 resume 3", "1000 pause 3"));
}

TEST_F(Pause, EndsForThoseItBeganFor) {
  Layer layer = layer_of(pause("{ count = 3 }", "for = \"1ms\"\nevery = \"2ms\""));
  std::set<std::map<NodeId, int>> choices;
  for (Tick at = 0; at < 20'000; at += 2'000) {
    acts(layer, nodes_, at);
    EXPECT_THAT(nodes_.pauses, SizeIs(3));
    choices.insert(nodes_.pauses);
    acts(layer, nodes_, at + 1'000);
    EXPECT_THAT(nodes_.pauses, IsEmpty());
  }
  EXPECT_GE(choices.size(), 9U);
}

TEST_F(Pause, LiesOnThoseThatAreDownTooButThatIsNoEvidence) {
  nodes_.down = {3};
  Layer layer = layer_of(pause("[3, 4]", "for = \"10us\""));
  EXPECT_THAT(acts(layer, nodes_, kHour),
              ElementsAre("0 pause 3", "0 pause 4", "10 resume 3", "10 resume 4"));
  EXPECT_EQ(layer.evidence(10)[0].eligible, 1U);
  EXPECT_EQ(layer.evidence(10)[0].hit, 1U);
}

TEST_F(Pause, HasHitOnceAVersionIsUnsettledWhileItLasts) {
  const auto hits = [this](Tick entered) {
    Layer layer = layer_of(pause("[3, 4]", "at = \"5us\"\nfor = \"10us\""));
    acts(layer, nodes_, entered, false);
    layer.unsettled();
    layer.unsettled();
    EXPECT_EQ(layer.evidence(kHour)[0].eligible, entered < 5 ? 0U : 2U);
    return layer.evidence(kHour)[0].hit;
  };
  EXPECT_EQ(hits(4), 0U);
  EXPECT_EQ(hits(5), 2U);
  EXPECT_EQ(hits(14), 2U);
  EXPECT_EQ(hits(15), 0U);
}

TEST_F(Pause, StopsNoMoreNodesThanItsLimit) {
  Layer layer = layer_of(pause("[3, 4]", "for = \"10us\"\nevery = \"1ms\"\nlimit = 3"));
  EXPECT_THAT(acts(layer, nodes_, kHour), ElementsAre("0 pause 3", "0 pause 4", "10 resume 3", "10 resume 4",
                                                      "1000 pause 3", "1010 resume 3"));
  EXPECT_EQ(layer.evidence(kHour)[0].hit, 3U);
  EXPECT_THAT(layer.evidence(kHour)[0].times, ElementsAre(0, 1'000));
}

TEST_F(Pause, KillsNobody) { EXPECT_FALSE(layer_of(pause("3")).may_kill()); }

TEST_F(Pause, SharesItsDrawAmongVersionsOnlyIfItDraws) {
  EXPECT_FALSE(layer_of(pause("[3, 4]")).evidence(0)[0].shared);
  EXPECT_TRUE(layer_of(pause("{ share = \"10%\" }")).evidence(0)[0].shared);
}

}  // namespace
}  // namespace hearsay::faults
