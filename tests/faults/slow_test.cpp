#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/faults/nodes.hpp"
#include "tests/faults/traffic.hpp"

namespace hearsay::faults {
namespace {

using ::testing::ElementsAre;

std::string tired(const std::string& nodes, const std::string& more) {
  return "[[fault]]\nname = \"tired\"\nkind = \"slow\"\nnodes = " + nodes + "\n" + more + "\n";
}

class Slow : public ::testing::Test {
 protected:
  /// How long the next messages take at `node`.
  std::vector<Duration> take(NodeId node, int messages) {
    std::vector<Duration> all;
    for (; messages > 0; --messages) all.push_back(nodes_.slowness.at(node)->takes(node, 0));
    return all;
  }

  Nodes nodes_;
};

TEST_F(Slow, LastsAsLongAsItsWindowIsOpen) {
  Layer layer = layer_of(tired("[2, 4]", "delay = \"1ms\"\nat = \"5us\"\nfor = \"10us\""));
  EXPECT_THAT(acts(layer, nodes_, kHour), ElementsAre("5 slow 2", "5 slow 4", "15 unslow 2", "15 unslow 4"));
}

TEST_F(Slow, DrawsForTheMessagesOfANodeByTheirNumberAlone) {
  const std::string range = tired("\"*\"", "delay = \"1ms..9ms\"");
  Layer one = layer_of(range);
  acts(one, nodes_, 0);
  const std::vector<Duration> of_3 = take(3, 5);
  const std::vector<Duration> of_4 = take(4, 5);
  EXPECT_NE(of_3, of_4);
  Layer another = layer_of(range);
  acts(another, nodes_, 0);
  EXPECT_EQ(take(4, 5), of_4);
  EXPECT_EQ(take(3, 5), of_3);
}

TEST_F(Slow, MayGrowSlowerWhileItLasts) {
  Layer layer = layer_of(tired("3",
                               "ramp = { from = \"10us\", to = \"30us\", over = \"100us\" }\nat = "
                               "\"1ms\"\nfor = \"1s\"\nevery = \"2s\""));
  acts(layer, nodes_, kMillisecond);
  Slowness& slowness = *nodes_.slowness.at(3);
  EXPECT_EQ(slowness.takes(3, 1'000), 10);
  EXPECT_EQ(slowness.takes(3, 1'050), 20);
  EXPECT_EQ(slowness.takes(3, 1'100), 30);
  EXPECT_EQ(slowness.takes(3, 5'000), 30);
  acts(layer, nodes_, 3 * kSecond);
  EXPECT_EQ(slowness.takes(3, 2 * kSecond + 1'050), 20) << "at each opening it begins anew";
}

TEST_F(Slow, WithoutADelayIsOff) {
  EXPECT_TRUE(layer_of(tired("3", "delay = \"0s\"")).evidence(0)[0].off);
  EXPECT_FALSE(layer_of(tired("3", "delay = \"0s..1us\"")).evidence(0)[0].off);
  EXPECT_TRUE(
      layer_of(tired("3", "ramp = { from = \"0s\", to = \"0s\", over = \"1s\" }")).evidence(0)[0].off);
  EXPECT_FALSE(
      layer_of(tired("3", "ramp = { from = \"0s\", to = \"1s\", over = \"1s\" }")).evidence(0)[0].off);
}

}  // namespace
}  // namespace hearsay::faults
