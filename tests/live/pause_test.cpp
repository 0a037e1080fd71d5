// Nodes that stop for a while, as their clients see it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "live/cluster.hpp"
#include "tests/live/running.hpp"
#include "tests/support/socket.hpp"

namespace hearsay::live {
namespace {

using measure::Event;
using testing::Connection;
using ::testing::IsEmpty;
using testing::put;
using testing::request;

std::string paused(const std::string& nodes, const std::string& more) {
  return "fault = [{ name = \"nap\", kind = \"pause\", nodes = " + nodes + more + " }]\n";
}

/// Keeps the learnings of a run, in order.
class Learnings final : public core::Observer, private measure::EventSink {
 public:
  std::vector<Event> all;

 private:
  measure::EventSink* events() override { return this; }
  void happened(const Event& event) override {
    if (event.kind == Event::Kind::learn) all.push_back(event);
  }
  void reached(Tick) override {}
};

TEST(Pause, WhatReachesANodeWaitsForItToGoOnAndIsHandledInOrder) {
  const scenario::Scenario scenario = scenario_of(
      "cluster.nodes = 2\ngossip.rounds = 0\n"
      "publish = { versions = 5, interval = \"10ms\", fanout = 2, deadline = \"1h\" }\n" +
      paused("0", ", for = \"150ms\""));
  Learnings learnings;
  const measure::Outcome outcome = run(scenario, learnings);
  expect_balanced(outcome);
  EXPECT_EQ(outcome.messages.delivered, 10U);
  Version next = 1;
  for (const Event& event : learnings.all) {
    if (event.to != 0) continue;
    EXPECT_GE(event.at, 150 * kMillisecond);
    EXPECT_EQ(event.version, next++);
  }
  EXPECT_EQ(next, 6);
  EXPECT_EQ(outcome.faults[0].hit, 1U);
}

/// They are more than are sent to at once.
TEST(Pause, ManyNodesThatAreStoppedHoldUpNoOther) {
  const scenario::Scenario scenario = scenario_of(
      "cluster.nodes = 50\ngossip.rounds = 0\n"
      "publish = { versions = 1, interval = \"1ms\", fanout = 50, deadline = \"1h\" }\n" +
      paused("\"0..44\"", ", for = \"300ms\""));
  Learnings learnings;
  const measure::Outcome outcome = run(scenario, learnings);
  ASSERT_EQ(learnings.all.size(), 50U);
  for (std::size_t i = 0; i < 5; ++i) EXPECT_GE(learnings.all[i].to, 45U);
  EXPECT_EQ(outcome.messages.delivered, 50U);
}

TEST(Pause, ADeathCutsOffWhoWaits) {
  std::optional<Connection> client;
  const scenario::Scenario scenario = idle_scenario(
      "cluster.nodes = 1\n" +
      std::string("fault = [{ name = \"nap\", kind = \"pause\", nodes = 0 }, { name = \"crash\", kind = "
                  "\"kill\", nodes = 0, at = \"300ms\", restart_after = \"10ms\" }]"));
  RunningCluster cluster(scenario, [&](const Ports& ports) {
    client.emplace(ports[0]);
    client->send(request("GET", "/healthz"));
  });
  EXPECT_THAT(client->read_to_end(), IsEmpty());
}

TEST(Pause, WhatWaitsAtANodeThatDiesFails) {
  const scenario::Scenario scenario = scenario_of(
      "cluster.nodes = 1\ngossip.rounds = 0\n"
      "publish = { versions = 4, interval = \"5ms\", deadline = \"1h\" }\n"
      "fault = [{ name = \"nap\", kind = \"pause\", nodes = 0, for = \"350ms\" }, "
      "{ name = \"crash\", kind = \"kill\", nodes = 0, at = \"300ms\", restart_after = \"0s\" }]");
  core::Observer observer;
  const measure::Outcome outcome = run(scenario, observer);
  expect_balanced(outcome);
  EXPECT_EQ(outcome.messages.failed, 4U);
  EXPECT_EQ(outcome.messages.sent, 4U);
}

TEST(Pause, TheEndOfARunLeavesWhatWaitsInFlight) {
  std::optional<Connection> client;
  const scenario::Scenario scenario = scenario_of(
      "cluster.nodes = 1\ngossip.rounds = 0\npublish = { versions = 4, interval = \"5ms\", "
      "deadline = \"200ms\" }\n" +
      paused("0", ""));
  RunningCluster cluster(scenario, [&](const Ports& ports) {
    client.emplace(ports[0]);
    client->send(put("17"));
  });
  const measure::Outcome outcome = cluster.outcome();
  expect_balanced(outcome);
  EXPECT_EQ(outcome.messages.in_flight, 4U);
  EXPECT_THAT(client->read_to_end(), IsEmpty());
}

TEST(Pause, AnInterruptionNeedNotWait) {
  std::optional<Connection> client;
  RunningCluster cluster(idle_scenario("cluster.nodes = 1\n" + paused("0", "")), [&](const Ports& ports) {
    client.emplace(ports[0]);
    client->send(put("17"));
  });
  EXPECT_TRUE(cluster.stop().interrupted);
  EXPECT_THAT(client->read_to_end(), IsEmpty());
}

/// A client that hangs up while its request waits is a client that hung up, and no more.
TEST(Pause, WhoWaitsMayHangUp) {
  RunningCluster cluster(
      idle_scenario("cluster.nodes = 2\ngossip.interval = \"10ms\"\n" + paused("0", ", for = \"200ms\"")),
      [&](const Ports& ports) { Connection(ports[0]).send(put("17")); });
  Connection waits(cluster.port(0));
  waits.send(request("GET", "/versions"));
  EXPECT_EQ(waits.receive().status, 200);
  cluster.wait_for_commit(17);
  expect_balanced(cluster.stop());
}

}  // namespace
}  // namespace hearsay::live
