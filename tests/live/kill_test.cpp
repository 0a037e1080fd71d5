// Nodes that go down and come back, as their clients see it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>

#include "live/cluster.hpp"
#include "tests/live/running.hpp"
#include "tests/support/socket.hpp"

namespace hearsay::live {
namespace {

using testing::ask;
using testing::Connection;
using ::testing::HasSubstr;
using testing::listens;
using testing::put;
using testing::request;

constexpr NodeId kKilled = 1;
constexpr const char* kSilent = "cluster.nodes = 3\ngossip.rounds = 0\n";

std::string kill_after_a_while(const std::string& more) {
  return kSilent + std::string("fault = [{ name = \"crash\", kind = \"kill\", nodes = 1, at = \"2s\"") +
         more + " }]";
}

void wait_until_it_listens(std::uint16_t port) {
  const auto hang = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!listens(port)) {
    if (std::chrono::steady_clock::now() > hang) throw std::runtime_error("it does not come back");
    std::this_thread::yield();
  }
}

/// A client that had put version 17 to node 1 before that was killed.
class KilledNode {
 public:
  explicit KilledNode(const std::string& more)
      : cluster(idle_scenario(kill_after_a_while(more)), [this](const Ports& ports) {
          client.emplace(ports[kKilled]);
          client->send(put("17"));
        }) {}

  std::uint16_t port() const { return cluster.port(kKilled); }

  std::optional<Connection> client;
  RunningCluster cluster;
};

TEST(Kill, CutsConnectionsAndRefusesNewOnes) {
  KilledNode node("");
  EXPECT_THAT(node.client->read_to_end(), HasSubstr("200 OK"));
  EXPECT_FALSE(listens(node.port()));
  EXPECT_EQ(ask(node.cluster.port(0), request("GET", "/healthz")).status, 200);
}

TEST(Kill, NobodyElseGetsThePortOfANodeThatIsDown) {
  KilledNode node("");
  node.client->read_to_end();
  EXPECT_THROW(testing::occupy(node.port()), std::system_error);
  EXPECT_THROW(testing::occupy(node.port(), true), std::system_error);
}

TEST(Kill, ARestartedNodeIsBackOnItsPortWithoutWhatItHeld) {
  KilledNode node(", restart_after = \"300ms\"");
  node.client->read_to_end();
  wait_until_it_listens(node.port());
  EXPECT_THAT(ask(node.port(), request("GET", "/versions")).body, HasSubstr("[]"));
  EXPECT_EQ(ask(node.port(), put("17")).body, "");
}

TEST(Kill, AKeptStateIsStillThereAfterTheRestart) {
  KilledNode node(", restart_after = \"300ms\", state = \"keep\"");
  node.client->read_to_end();
  wait_until_it_listens(node.port());
  EXPECT_THAT(ask(node.port(), request("GET", "/versions")).body, HasSubstr("[17]"));
  EXPECT_THAT(ask(node.port(), put("17")).body, HasSubstr("already saw 17"));
}

TEST(Kill, WhatIsSentToADeadNodeFails) {
  const scenario::Scenario scenario = scenario_of(
      "cluster.nodes = 1\ngossip.rounds = 0\npublish = { versions = 3, interval = \"20ms\", deadline = "
      "\"1h\" }\n"
      "fault = [{ name = \"crash\", kind = \"kill\", nodes = 0 }]");
  core::Observer observer;
  const measure::Outcome outcome = run(scenario, observer);
  EXPECT_EQ(outcome.messages.sent, 3U);
  EXPECT_EQ(outcome.messages.failed, 3U);
  for (const measure::VersionRecord& version : outcome.versions) EXPECT_EQ(version.refused, 1U);
  expect_balanced(outcome);
}

/// Counts learnings as they happen.
class Counter final : public core::Observer {
 public:
  void learned(Version, NodeId, bool) override { ++learnings; }

  std::uint64_t learnings = 0;
};

measure::Outcome run_under_fire(const std::string& state, Counter& counter) {
  const scenario::Scenario scenario = scenario_of(
      "cluster.nodes = 12\ngossip = { fanout = 3, rounds = 5, interval = \"10ms\" }\n"
      "publish = { versions = 100, interval = \"5ms\", deadline = \"2s\" }\n"
      "fault = [{ name = \"fire\", kind = \"kill\", nodes = { count = 4 }, every = \"15ms\", "
      "restart_after = \"7ms\", state = \"" +
      state + "\" }, { name = \"loss\", kind = \"drop\", probability = \"10%\" }]");
  return run(scenario, counter);
}

/// Connections that break under requests, over and over: each message is counted once, as what became of it.
void expect_each_counted_once(const measure::Outcome& outcome, const Counter& counter) {
  expect_balanced(outcome);
  EXPECT_GT(outcome.messages.failed, 100U);
  EXPECT_GT(outcome.messages.delivered, outcome.messages.failed);
  EXPECT_EQ(outcome.messages.dropped, outcome.faults.at(1).hit);
  EXPECT_GT(outcome.faults.at(0).hit, 50U);
  std::uint64_t learnings = 0;
  for (const measure::VersionRecord& version : outcome.versions) learnings += version.learnings;
  EXPECT_EQ(learnings, counter.learnings);
}

TEST(KillUnderFire, EachMessageIsCountedOnce) {
  Counter counter;
  expect_each_counted_once(run_under_fire("keep", counter), counter);
}

/// Nodes that forget are told again, and tell again: more and more messages, to the end.
TEST(KillUnderFire, EachMessageIsCountedOnceInAnEndlessEpidemic) {
  Counter counter;
  expect_each_counted_once(run_under_fire("wipe", counter), counter);
}

}  // namespace
}  // namespace hearsay::live
