// The ledger's account of messages.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/check.hpp"
#include "measure/ledger.hpp"
#include "tests/support/batches.hpp"

namespace hearsay::measure {
namespace {

constexpr Fate kFirstFault = 1;
constexpr Fate kThirdFault = 3;

/// One message of node 0 to each of the nodes, with its fate, and whether that node holds what it says.
struct Sent {
  NodeId to;
  Fate fate = kGoesOn;
  bool known = false;
};

void send(Ledger& ledger, const std::vector<Sent>& messages, Slot slot = 0) {
  Batch batch =
      testing::sealed({{.from = 0}}, {.fanout = static_cast<std::uint32_t>(messages.size()), .slot = slot});
  for (std::uint32_t i = 0; i < messages.size(); ++i) {
    batch.to(i)[0] = messages[i].to;
    batch.fate(i)[0] = messages[i].fate;
    batch.known(i)[0] = messages[i].known ? 1 : 0;
  }
  ledger.sent(batch);
}

void deliver(Ledger& ledger, Slot slot) {
  const Arrival arrival(0, slot, 0);
  ledger.delivered(0, {&arrival, 1});
}

void fail(Ledger& ledger, Slot slot, NodeId to) {
  const Arrival arrival(0, slot, to);
  ledger.failed(0, {&arrival, 1});
}

Ledger account_of(NodeId nodes) {
  Ledger ledger(nodes, Required::every_node, 1000);
  ledger.open(1, 0, 0);
  return ledger;
}

Outcome outcome_of(Ledger& ledger) {
  Outcome outcome;
  ledger.close(2000, false, outcome);
  return outcome;
}

TEST(Account, EveryMessageIsSomewhere) {
  Ledger ledger = account_of(5);
  send(ledger, {{0}, {1}, {2}, {3, kFirstFault}, {4, kFirstFault}});
  EXPECT_EQ(ledger.in_flight(), 3U);
  deliver(ledger, 0);
  EXPECT_EQ(ledger.in_flight(0), 2U);
  fail(ledger, 0, 1);
  const Messages messages = outcome_of(ledger).messages;
  EXPECT_EQ(messages.sent, 5U);
  EXPECT_EQ(messages.delivered, 1U);
  EXPECT_EQ(messages.failed, 1U);
  EXPECT_EQ(messages.dropped, 2U);
  EXPECT_EQ(messages.in_flight, 1U);
}

TEST(Account, IsKeptForEveryVersion) {
  Ledger ledger = account_of(3);
  ledger.open(2, 0, 0);
  send(ledger, {{0}, {1}}, 0);
  send(ledger, {{0}, {1}, {2, kFirstFault}}, 1);
  EXPECT_EQ(ledger.in_flight(0), 2U);
  EXPECT_EQ(ledger.in_flight(1), 2U);
  deliver(ledger, 1);
  EXPECT_EQ(ledger.in_flight(1), 1U);
  EXPECT_EQ(ledger.in_flight(0), 2U);
  const Outcome outcome = outcome_of(ledger);
  EXPECT_EQ(outcome.versions[0].sent, 2U);
  EXPECT_EQ(outcome.versions[1].sent, 3U);
}

TEST(Account, AMessageComesToItsEndOnce) {
  Ledger ledger = account_of(2);
  send(ledger, {{0}, {1, kFirstFault}});
  deliver(ledger, 0);
  EXPECT_THROW(deliver(ledger, 0), Bug);
  EXPECT_THROW(fail(ledger, 0, 0), Bug);
}

TEST(Account, GoesOnAfterAVersionSettled) {
  Ledger ledger = account_of(2);
  ledger.settle(0, 0);
  send(ledger, {{0}, {1, kFirstFault}});
  const Outcome outcome = outcome_of(ledger);
  EXPECT_EQ(outcome.messages.sent, 2U);
  EXPECT_EQ(outcome.versions[0].sent, 2U);
  EXPECT_TRUE(outcome.versions[0].taken.empty());
}

TEST(Account, WhatIsDeliveredForCertainIsToldAhead) {
  Ledger ledger = account_of(3);
  Batch batch = testing::sealed({{.from = 0}}, {.fanout = 3});
  for (std::uint32_t i = 0; i < 3; ++i) batch.to(i)[0] = i;
  ledger.sent(batch);
  ledger.delivered(batch, std::vector<std::uint8_t>{1, 0, 1}, 5);
  EXPECT_EQ(ledger.messages().delivered, 2U);
  EXPECT_EQ(ledger.in_flight(0), 1U);
  EXPECT_THROW(ledger.delivered(batch, std::vector<std::uint8_t>{0, 1, 0}, 5), Bug) << "the last one";
}

TEST(Account, ForeignRequestsAreNoMessages) {
  Ledger ledger = account_of(2);
  ledger.foreign();
  ledger.foreign();
  const Messages messages = outcome_of(ledger).messages;
  EXPECT_EQ(messages.foreign, 2U);
  EXPECT_EQ(messages.sent, 0U);
}

TEST(Account, ALostVersionNamesWhatKeptItFromTheNodesThatLackIt) {
  Ledger ledger = account_of(4);
  send(ledger, {{0}, {1, kFirstFault}, {2, kThirdFault}, {3, kThirdFault}});
  send(ledger, {{1}, {2, kThirdFault}, {3}, {0, kFirstFault}});
  deliver(ledger, 0);
  ledger.learned(0, 0, 10);
  deliver(ledger, 0);
  ledger.learned(0, 1, 20);
  fail(ledger, 0, 3);
  const VersionRecord record = outcome_of(ledger).versions[0];
  ASSERT_EQ(record.taken.size(), 1U);
  EXPECT_EQ(record.taken[0].fault, 2U);
  EXPECT_EQ(record.taken[0].messages, 3U);
  EXPECT_EQ(record.refused, 1U);
}

TEST(Account, MessagesToNodesThatHoldItKeptItFromNobody) {
  Ledger ledger = account_of(2);
  send(ledger, {{0}});
  deliver(ledger, 0);
  ledger.learned(0, 0, 10);
  send(ledger, {{0, kFirstFault, true}, {0, kGoesOn, true}});
  fail(ledger, 0, 0);
  ledger.wiped(0);
  const VersionRecord record = outcome_of(ledger).versions[0];
  EXPECT_TRUE(record.taken.empty());
  EXPECT_EQ(record.refused, 0U);
}

TEST(Account, OnlyALostVersionIsExplained) {
  Ledger ledger = account_of(1);
  send(ledger, {{0, kFirstFault}, {0}});
  ledger.learned(0, 0, 10);
  ledger.wiped(0);
  Ledger open = account_of(1);
  send(open, {{0, kFirstFault}});
  EXPECT_TRUE(outcome_of(ledger).versions[0].taken.empty());
  Outcome outcome;
  open.close(10, true, outcome);
  EXPECT_TRUE(outcome.versions[0].taken.empty());
}

}  // namespace
}  // namespace hearsay::measure
