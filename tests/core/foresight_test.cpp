// Which messages need not be carried. That nothing changes by it, tests/sim shows: the heap looks at nothing
// ahead.

#include "core/foresight.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "tests/support/batches.hpp"

namespace hearsay::core {
namespace {

using ::testing::UnorderedElementsAre;

/// Ten nodes send a message each at 1000, 1001, ... to 0, 1, ..., which hold what they are told but for 9.
/// All take 50 us.
class ForesightTest : public ::testing::Test {
 protected:
  static constexpr NodeId kNodes = 20;
  static constexpr Tick kBegin = 1'000;
  static constexpr Tick kFar = 1'000'000;

  ForesightTest() {
    std::vector<hearsay::testing::Burst> bursts;
    for (NodeId from = 0; from < 10; ++from) bursts.push_back({.from = from, .at = kBegin + from});
    batch_ = hearsay::testing::sealed(bursts, {});
    for (NodeId to = 0; to < 10; ++to) {
      batch_.to(0)[to] = to;
      batch_.known(0)[to] = to == 9 ? 0 : 1;
      batch_.delay(0)[to] = 50;
    }
    ledger_.open(1, 0, 0);
  }

  /// To whom messages have to be carried.
  std::vector<NodeId> carried(Tick until = kFar) {
    ledger_.sent(batch_);
    std::vector<NodeId> to;
    for (const Flight flight : foresight_.look(batch_, until)) {
      EXPECT_EQ(flight.due, kBegin + flight.to + batch_.delay(0)[flight.to]);
      to.push_back(flight.to);
    }
    EXPECT_EQ(ledger_.in_flight(), to.size());
    return to;
  }

  std::vector<NodeId> all() const {
    const auto to = batch_.to(0);
    return {to.begin(), to.end()};
  }

  Nodes nodes_{kNodes};
  measure::Ledger ledger_{kNodes, measure::Required::every_node, kFar};
  Foresight foresight_{nodes_, ledger_};
  Batch batch_;
};

TEST_F(ForesightTest, WhatTeachesNothingNeedNotBeCarriedButForTheLast) {
  EXPECT_THAT(carried(), UnorderedElementsAre(9, 8));
  EXPECT_EQ(ledger_.messages().delivered, 8U);
}

TEST_F(ForesightTest, TheLastIsTheOneThatIsDueLast) {
  batch_.delay(0)[3] = 70;
  EXPECT_THAT(carried(), UnorderedElementsAre(9, 3));
}

TEST_F(ForesightTest, NothingIsCertainFromTheInstantOnAtWhichNodesChange) {
  EXPECT_THAT(carried(kBegin + 5 + 50), UnorderedElementsAre(9, 8, 7, 6, 5, 4));
}

TEST_F(ForesightTest, WhatAFaultTookIsNeitherCarriedNorDelivered) {
  batch_.fate(0)[2] = 1;
  batch_.fate(0)[9] = 1;
  EXPECT_THAT(carried(), UnorderedElementsAre(8));
  EXPECT_EQ(ledger_.messages().delivered, 7U);
}

TEST_F(ForesightTest, WhatGoesToNodesThatAreDownIsCarried) {
  nodes_.take_down(3);
  EXPECT_THAT(carried(), UnorderedElementsAre(9, 8, 3));
}

TEST_F(ForesightTest, AllIsCarriedWhereSomeDoNotAttend) {
  nodes_.pause(15);
  EXPECT_EQ(carried(), all());
}

TEST_F(ForesightTest, AllIsCarriedIfAnyHasMarks) {
  batch_.mark(0, 4, kGarbled);
  EXPECT_EQ(carried(), all());
}

TEST_F(ForesightTest, AllIsCarriedWhereNothingIsCertain) { EXPECT_EQ(carried(kBegin), all()); }

}  // namespace
}  // namespace hearsay::core
