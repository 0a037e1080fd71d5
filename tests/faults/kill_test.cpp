#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "tests/faults/nodes.hpp"
#include "tests/faults/traffic.hpp"

namespace hearsay::faults {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string kill(const std::string& nodes, const std::string& more = "", const std::string& name = "crash") {
  return "[[fault]]\nname = \"" + name + "\"\nkind = \"kill\"\nnodes = " + nodes + "\n" + more + "\n";
}

class Kill : public ::testing::Test {
 protected:
  Nodes nodes_;
};

TEST_F(Kill, TakesNodesDownAtItsInstantForGood) {
  Layer layer = layer_of(kill("[2, 4]", "at = \"5us\""));
  EXPECT_EQ(layer.next_action(), 5);
  EXPECT_THAT(acts(layer, nodes_, kHour), ElementsAre("5 wipe 2", "5 wipe 4"));
  EXPECT_EQ(layer.next_action(), kNever);
}

TEST_F(Kill, AtTimeZeroUnlessToldOtherwise) {
  Layer layer = layer_of(kill("3"));
  EXPECT_EQ(layer.next_action(), 0);
}

TEST_F(Kill, EveryoneIsEveryNode) {
  Layer layer = layer_of(kill("\"*\""));
  EXPECT_THAT(acts(layer, nodes_, 0), SizeIs(kNodes));
}

TEST_F(Kill, KeepsWhatTheyHeldIfToldSo) {
  Layer layer = layer_of(kill("3", "state = \"keep\""));
  EXPECT_THAT(acts(layer, nodes_, 0), ElementsAre("0 kill 3"));
}

TEST_F(Kill, RestartsToTheMicrosecond) {
  Layer layer = layer_of(kill("3", "at = \"5us\"\nrestart_after = \"10us\""));
  EXPECT_THAT(acts(layer, nodes_, 14), ElementsAre("5 wipe 3"));
  EXPECT_EQ(layer.next_action(), 15);
  EXPECT_THAT(acts(layer, nodes_, kHour), ElementsAre("15 restart 3"));
}

TEST_F(Kill, ARestartMayComeAtOnce) {
  Layer layer = layer_of(kill("3", "restart_after = \"0s\""));
  layer.act(0, nodes_, true);
  EXPECT_THAT(nodes_.done, ElementsAre("wipe 3", "restart 3"));
  EXPECT_EQ(layer.next_action(), kNever);
}

TEST_F(Kill, AgainEvery) {
  Layer layer = layer_of(kill("3", "at = \"5us\"\nevery = \"20us\"\nrestart_after = \"10us\""));
  EXPECT_THAT(acts(layer, nodes_, 44), ElementsAre("5 wipe 3", "15 restart 3", "25 wipe 3", "35 restart 3"));
}

TEST_F(Kill, OneThatIsUpAgainAtTheNextOpeningIsKilledInThatInstant) {
  Layer layer = layer_of(kill("3", "every = \"10us\"\nrestart_after = \"10us\""));
  EXPECT_THAT(acts(layer, nodes_, 10), ElementsAre("0 wipe 3", "10 restart 3", "10 wipe 3"));
}

TEST_F(Kill, OneThatIsDownIsLeftAloneAndIsNoEvidence) {
  Layer layer = layer_of(kill("[3, 4]", "restart_after = \"20us\"") +
                         kill("[4, 5]", "at = \"10us\"\nrestart_after = \"20us\"", "second"));
  EXPECT_THAT(acts(layer, nodes_, 29),
              ElementsAre("0 wipe 3", "0 wipe 4", "10 wipe 5", "20 restart 3", "20 restart 4"));
  EXPECT_THAT(acts(layer, nodes_, 30), ElementsAre("30 restart 5"));
  EXPECT_EQ(layer.evidence(30)[0].hit, 2U);
  EXPECT_EQ(layer.evidence(30)[1].hit, 1U);
}

// What heals at an instant heals before anything else is done to nodes then, whichever rule is written first.
TEST_F(Kill, HealsBeforeItHits) {
  const std::string first = kill("3", "restart_after = \"10us\"", "first");
  const std::string second = kill("3", "at = \"10us\"", "second");
  for (const std::string& both : {first + second, second + first}) {
    Layer layer = layer_of(both);
    EXPECT_THAT(acts(layer, nodes_, kHour), ElementsAre("0 wipe 3", "10 restart 3", "10 wipe 3"));
    nodes_.down.clear();
  }
}

TEST_F(Kill, ARandomChoiceIsDrawnAnewAtEachOpening) {
  Layer layer = layer_of(kill("{ count = 3 }", "every = \"10us\"\nrestart_after = \"5us\""));
  std::set<std::set<NodeId>> choices;
  for (Tick at = 0; at < 100; at += 10) {
    acts(layer, nodes_, at);
    EXPECT_THAT(nodes_.down, SizeIs(3));
    choices.insert(nodes_.down);
    acts(layer, nodes_, at + 5);
    EXPECT_THAT(nodes_.down, IsEmpty());
  }
  EXPECT_GE(choices.size(), 9U);
}

TEST_F(Kill, HitsOnlyWhileAVersionIsUnsettled) {
  Layer layer = layer_of(kill("[3, 4]"));
  acts(layer, nodes_, 0, false);
  EXPECT_EQ(layer.evidence(0)[0].eligible, 2U);
  EXPECT_EQ(layer.evidence(0)[0].hit, 0U);
}

TEST_F(Kill, TakesDownNoMoreNodesThanItsLimit) {
  Layer layer = layer_of(kill("[3, 4]", "every = \"1ms\"\nrestart_after = \"100us\"\nlimit = 3"));
  EXPECT_THAT(acts(layer, nodes_, kHour), ElementsAre("0 wipe 3", "0 wipe 4", "100 restart 3",
                                                      "100 restart 4", "1000 wipe 3", "1100 restart 3"));
  EXPECT_EQ(layer.evidence(kHour)[0].hit, 3U);
  EXPECT_EQ(layer.next_action(), kNever);
  EXPECT_FALSE(layer.may_kill());
}

TEST_F(Kill, TellsWhenItActed) {
  Layer layer = layer_of(kill("[3, 4]", "at = \"5us\"\nevery = \"1ms\"\nrestart_after = \"1500us\""));
  acts(layer, nodes_, 2'500, false);
  EXPECT_THAT(layer.evidence(kHour)[0].times, ElementsAre(5, 2'005)) << "one that is down is left alone";
  EXPECT_EQ(layer.evidence(kHour)[0].instants, 2U);
}

TEST_F(Kill, TellsOfNoMoreThanAThousandInstantsButCountsThem) {
  Layer layer = layer_of(kill("3", "every = \"1ms\"\nrestart_after = \"0s\""));
  acts(layer, nodes_, 1'499 * kMillisecond);
  const measure::Evidence evidence = layer.evidence(kHour)[0];
  EXPECT_EQ(evidence.instants, 1'500U);
  EXPECT_THAT(evidence.times, SizeIs(1'000));
  EXPECT_EQ(evidence.times.back(), 999 * kMillisecond);
}

TEST_F(Kill, MayKillAsLongAsItIsToOpenAgain) {
  Layer once = layer_of(kill("3"));
  EXPECT_TRUE(once.may_kill());
  acts(once, nodes_, 0);
  EXPECT_FALSE(once.may_kill());
  EXPECT_TRUE(layer_of(kill("3", "every = \"1s\"")).may_kill());
}

TEST_F(Kill, SharesItsDrawAmongVersionsOnlyIfItDraws) {
  EXPECT_FALSE(layer_of(kill("[3, 4]")).evidence(0)[0].shared);
  EXPECT_TRUE(layer_of(kill("{ share = \"10%\" }")).evidence(0)[0].shared);
}

}  // namespace
}  // namespace hearsay::faults
