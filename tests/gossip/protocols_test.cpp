// Laws that every protocol of the table keeps.

#include "gossip/protocols.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <functional>
#include <set>
#include <string>

#include "tests/gossip/addressed.hpp"

namespace hearsay::gossip {
namespace {

using testing::Burst;
using testing::Common;

constexpr Schedule kSchedule = {.first = 5, .interval = 10, .rounds = 4};

void for_each_protocol(const PushParameters& parameters, const std::function<void(Population&)>& law) {
  for (const Protocol& protocol : protocols()) {
    SCOPED_TRACE(std::string(protocol.declaration.name));
    law(*protocol.make(1, parameters));
  }
}

TEST(Protocols, AreDeclared) {
  std::set<std::string_view> names;
  for (const Protocol& protocol : protocols()) {
    EXPECT_TRUE(names.insert(protocol.declaration.name).second);
    EXPECT_FALSE(protocol.declaration.summary.empty());
    EXPECT_FALSE(protocol.declaration.worlds.empty());
    for (const Parameter& parameter : protocol.declaration.parameters)
      EXPECT_FALSE(parameter.meaning.empty());
  }
  EXPECT_TRUE(names.contains("push"));
}

TEST(Protocols, KeepTheScheduleAndTheFanoutsTheyAreGiven) {
  for_each_protocol({.nodes = 9, .fanout = 2, .publish_fanout = 4, .schedule = kSchedule},
                    [](Population& made) {
                      EXPECT_EQ(made.schedule().first, 5);
                      EXPECT_EQ(made.schedule().interval, 10);
                      EXPECT_EQ(made.schedule().rounds, 4U);
                      EXPECT_EQ(made.fanout(0), 4U);
                      for (Round round = 1; round <= 4; ++round) EXPECT_EQ(made.fanout(round), 2U);
                    });
}

RC_GTEST_PROP(Protocols, SendToDistinctNodes, ()) {
  const auto nodes = *rc::gen::inRange<NodeId>(1, 40);
  const auto fanout = *rc::gen::inRange<std::uint32_t>(1, nodes + 1);
  const auto from = *rc::gen::element(kInitiator, NodeId{0}, nodes - 1);
  for_each_protocol({.nodes = nodes, .fanout = fanout}, [&](Population& made) {
    const Targets targets =
        targets_of(made, {.from = from}, {.fanout = fanout, .version = *rc::gen::positive<Version>()});
    RC_ASSERT(std::set<NodeId>(targets.begin(), targets.end()).size() == fanout);
    RC_ASSERT(*std::ranges::max_element(targets) < nodes);
  });
}

RC_GTEST_PROP(Protocols, WhoElseIsInABatchChangesNoTarget, (std::vector<NodeId> senders)) {
  senders.resize(std::min<std::size_t>(senders.size(), Batch::kMostBursts));
  const Common common{.fanout = *rc::gen::inRange(1U, 8U)};
  for_each_protocol({.nodes = 8, .fanout = common.fanout}, [&](Population& made) {
    std::vector<Burst> bursts;
    for (const NodeId sender : senders) bursts.push_back({.from = sender});
    const Batch together = addressed(made, bursts, common);
    for (std::size_t i = 0; i < bursts.size(); ++i)
      RC_ASSERT(targets_in(together, i) == targets_of(made, bursts[i], common));
  });
}

TEST(Protocols, NobodyHoldsWhatJustEntered) {
  for_each_protocol({.nodes = 3}, [](Population& made) {
    made.open(1);
    for (NodeId node = 0; node < 3; ++node) EXPECT_FALSE(made.holds(node, 0));
  });
}

TEST(Protocols, TheEarlierOfTwoArrivalsIsTheLearning) {
  for_each_protocol({.nodes = 3}, [](Population& made) {
    made.open(1);
    std::vector<Arrival> arrivals = {{9, 0, 2}, {4, 0, 2}, {7, 0, 2}, {4, 0, 2}};
    ASSERT_EQ(made.receive(arrivals), 1U);
    EXPECT_EQ(arrivals[0], Arrival(4, 0, 2));
    EXPECT_TRUE(made.holds(2, 0));
    EXPECT_EQ(made.receive(arrivals), 0U);
  });
}

TEST(Protocols, AWipedNodeForgetsAllAndBeginsItsNextLife) {
  for_each_protocol({.nodes = 3}, [](Population& made) {
    made.open(1);
    made.open(2);
    std::vector<Arrival> arrivals = {{0, 0, 1}, {0, 1, 1}, {0, 0, 2}};
    made.receive(arrivals);
    made.wipe(1);
    EXPECT_FALSE(made.holds(1, 0));
    EXPECT_FALSE(made.holds(1, 1));
    EXPECT_TRUE(made.holds(2, 0));
    EXPECT_EQ(made.life(1), 1U);
    EXPECT_EQ(made.life(2), 0U);
    made.wipe(1);
    EXPECT_EQ(made.life(1), 2U);
    std::vector<Arrival> again = {{3, 0, 1}};
    EXPECT_EQ(made.receive(again), 1U);
    EXPECT_TRUE(made.holds(1, 0));
  });
}

TEST(Protocols, LookUpWhatReceiversHold) {
  for_each_protocol({.nodes = 4}, [](Population& made) {
    made.open(1);
    made.open(2);
    std::vector<Arrival> arrivals = {{0, 1, 0}, {0, 0, 2}};
    made.receive(arrivals);
    Batch batch = addressed(made, {{.from = 1}, {.from = 3}}, {.fanout = 4, .version = 2, .slot = 1});
    made.look_up(batch);
    for (std::uint32_t slot = 0; slot < 4; ++slot)
      for (std::size_t burst = 0; burst < 2; ++burst)
        EXPECT_EQ(batch.known(slot)[burst], batch.to(slot)[burst] == 0 ? 1 : 0);
  });
}

/// What `receive` must answer, by plain bookkeeping.
class PlainReceiver {
 public:
  std::vector<Arrival> receive(std::vector<Arrival> arrivals) {
    std::ranges::sort(arrivals);
    std::vector<Arrival> learnings;
    for (const Arrival arrival : arrivals)
      if (held_.insert({arrival.slot(), arrival.to()}).second) learnings.push_back(arrival);
    return learnings;
  }
  bool holds(NodeId node, Slot slot) const { return held_.contains({slot, node}); }

 private:
  std::set<std::pair<Slot, NodeId>> held_;
};

rc::Gen<Arrival> any_arrival(NodeId nodes, Slot slots) {
  return rc::gen::construct<Arrival>(rc::gen::inRange(0U, 5U), rc::gen::inRange(0U, slots),
                                     rc::gen::inRange(0U, nodes));
}

RC_GTEST_PROP(Protocols, LearnInTimeOrderWhateverTheOrderOfArrivals, ()) {
  const NodeId nodes = 6;
  const Slot slots = 3;
  const auto spans = *rc::gen::container<std::vector<std::vector<Arrival>>>(
      rc::gen::container<std::vector<Arrival>>(any_arrival(nodes, slots)));
  for_each_protocol({.nodes = nodes}, [&](Population& made) {
    for (Slot slot = 0; slot < slots; ++slot) made.open(slot + 1);
    PlainReceiver plain;
    for (std::vector<Arrival> arrivals : spans) {
      const std::vector<Arrival> expected = plain.receive(arrivals);
      arrivals.resize(made.receive(arrivals));
      RC_ASSERT(std::ranges::is_sorted(arrivals, {}, &Arrival::offset));
      std::ranges::sort(arrivals);
      RC_ASSERT(arrivals == expected);
    }
    for (NodeId node = 0; node < nodes; ++node)
      for (Slot slot = 0; slot < slots; ++slot) RC_ASSERT(made.holds(node, slot) == plain.holds(node, slot));
  });
}

}  // namespace
}  // namespace hearsay::gossip
