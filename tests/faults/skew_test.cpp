#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/faults/nodes.hpp"
#include "tests/faults/traffic.hpp"

namespace hearsay::faults {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

std::string skew(const std::string& factor) {
  return "[[fault]]\nname = \"drift\"\nkind = \"skew\"\nnodes = [2, 4]\nat = \"5us\"\nfor = \"10us\"\nfactor "
         "= " +
         factor;
}

TEST(Skew, LastsAsLongAsItsWindowIsOpen) {
  Nodes nodes;
  Layer layer = layer_of(skew("0.25"));
  EXPECT_THAT(acts(layer, nodes, 14), ElementsAre("5 skew 2", "5 skew 4"));
  EXPECT_THAT(nodes.factors, ElementsAre(Pair(2, 0.25), Pair(4, 0.25)));
  EXPECT_THAT(acts(layer, nodes, kHour), ElementsAre("15 unskew 2", "15 unskew 4"));
}

TEST(Skew, ByOneIsOff) {
  EXPECT_TRUE(layer_of(skew("1")).evidence(0)[0].off);
  EXPECT_EQ(layer_of(skew("1.0")).next_action(), kNever);
}

}  // namespace
}  // namespace hearsay::faults
