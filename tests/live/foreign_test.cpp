// Foreign clients publish into the cluster, too, and are counted apart.

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "tests/live/running.hpp"
#include "tests/support/socket.hpp"

namespace hearsay::live {
namespace {

using measure::End;
using testing::ask;
using testing::Connection;
using testing::put;
using testing::request;

constexpr const char* kLively =
    "cluster.nodes = 6\ngossip = { fanout = 3, rounds = 5, interval = \"10ms\" }\npublish.deadline = "
    "\"1h\"\n";

TEST(Foreign, AVersionPutToOneNodeIsGossipedToAll) {
  RunningCluster cluster(idle_scenario(kLively));
  EXPECT_EQ(ask(cluster.port(4), put("777")).status, 200);
  cluster.wait_for_commit(777);
  const measure::Outcome outcome = cluster.stop();
  ASSERT_EQ(outcome.versions.size(), 1U);
  EXPECT_EQ(outcome.versions[0].version, 777);
  EXPECT_EQ(outcome.versions[0].learnings, 6U);
  expect_balanced(outcome);
}

TEST(Foreign, RequestsAreNoMessages) {
  RunningCluster cluster(idle_scenario("cluster.nodes = 3\ngossip.rounds = 0"));
  for (const std::string& text :
       {put("777"), put("777"), put("nonsense"), request("GET", "/gossip"), request("GET", "/versions"),
        request("GET", "/nowhere"), put("777", "Hearsay-Ticket: 0-made-up\r\n"),
        put("nonsense", "Hearsay-Ticket: 0-made-up\r\n")})
    ask(cluster.port(0), text);
  const measure::Outcome outcome = cluster.stop();
  EXPECT_EQ(outcome.messages.foreign, 8U);
  EXPECT_EQ(outcome.messages.sent, 0U);
  EXPECT_EQ(outcome.messages.delivered, 0U);
}

TEST(Foreign, TheInitiatorSkipsNumbersAlreadySeen) {
  std::optional<Connection> client;
  RunningCluster cluster(
      scenario_of(std::string(kLively) + "publish.versions = 1\npublish.interval = \"1s\""),
      [&](const Ports& ports) {
        client.emplace(ports[2]);
        client->send(put("1") + put("3"));
      });
  const measure::Outcome outcome = cluster.outcome();
  ASSERT_EQ(outcome.versions.size(), 3U);
  EXPECT_EQ(outcome.versions[0].version, 1);
  EXPECT_EQ(outcome.versions[1].version, 3);
  EXPECT_EQ(outcome.versions[2].version, 2);
  EXPECT_EQ(outcome.versions[2].published, kSecond);
  for (const measure::VersionRecord& record : outcome.versions) EXPECT_EQ(record.end, End::committed);
}

/// A version of a foreign client takes no message of the initiator: M · R · F remain.
TEST(Foreign, AVersionCostsWhatItsRoundsSend) {
  std::optional<Connection> client;
  RunningCluster cluster(
      scenario_of(std::string(kLively) + "publish.versions = 1\npublish.interval = \"1s\""),
      [&](const Ports& ports) {
        client.emplace(ports[2]);
        client->send(put("777"));
      });
  const measure::Outcome outcome = cluster.outcome();
  ASSERT_EQ(outcome.versions.size(), 2U);
  EXPECT_EQ(outcome.versions[0].version, 777);
  EXPECT_EQ(outcome.versions[0].sent, 6U * 5 * 3);
  EXPECT_EQ(outcome.versions[1].sent, 6U * 5 * 3 + 3);
  EXPECT_EQ(outcome.messages.in_flight, 0U);
  expect_balanced(outcome);
}

}  // namespace
}  // namespace hearsay::live
