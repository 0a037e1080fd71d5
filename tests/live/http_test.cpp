// What a node answers to requests that are in order as HTTP, whatever they ask.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "live/http.hpp"
#include "tests/live/running.hpp"
#include "tests/support/socket.hpp"

namespace hearsay::live {
namespace {

using testing::ask;
using testing::Connection;
using ::testing::HasSubstr;
using testing::put;
using testing::request;
using testing::Response;

constexpr NodeId kNode = 1;
constexpr std::size_t kMostBody = 1024;

/// Nodes that do nothing of their own accord.
class Http : public ::testing::Test {
 protected:
  Response ask_node(const std::string& text) { return ask(cluster_.port(kNode), text); }

  RunningCluster cluster_{idle_scenario("cluster.nodes = 3\ngossip.rounds = 0")};
};

std::string padded(const std::string& body, std::size_t size) {
  return body + std::string(size - body.size(), ' ');
}

TEST_F(Http, ANewVersionIsTakenIn) {
  const Response response = ask_node(put("17"));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "");
}

TEST_F(Http, AKnownVersionIsAnsweredWithServerAndPort) {
  ask_node(put("17"));
  const Response response = ask_node(put("17"));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, fmt::format("Server 1 (port {}) already saw 17", cluster_.port(kNode)));
}

TEST_F(Http, WhatOneNodeSawIsNewToAnother) {
  ask_node(put("17"));
  EXPECT_EQ(ask(cluster_.port(2), put("17")).body, "");
}

TEST_F(Http, BodiesThatAreNoVersionAreRefused) {
  for (const char* body : {"", " ", "0", "-1", "+7", "00", "9223372036854775808", "99999999999999999999999",
                           "abc", "1 2", "1,2", "0x10", "1.0", "1e3", "1\n2", "\"1\"", "{\"version\":1}"}) {
    const Response response = ask_node(put(body));
    EXPECT_EQ(response.status, 400) << body;
    EXPECT_THAT(response.body, HasSubstr("must be a version")) << body;
  }
  EXPECT_EQ(ask_node(put(std::string_view("1\0", 2))).status, 400);
  EXPECT_THAT(ask_node(request("GET", "/versions")).body, HasSubstr("[]"));
}

TEST_F(Http, WhiteSpaceAroundAVersionIsAllowed) {
  EXPECT_EQ(ask_node(put("17\n")).status, 200);
  EXPECT_THAT(ask_node(put(" \t\r\n 17 \r\n")).body, HasSubstr("already saw 17"));
}

TEST_F(Http, TheSmallestAndTheLargestVersionAreTakenIn) {
  EXPECT_EQ(ask_node(put("1")).status, 200);
  EXPECT_EQ(ask_node(put("9223372036854775807")).status, 200);
  EXPECT_THAT(ask_node(put("9223372036854775807")).body, HasSubstr("already saw 9223372036854775807"));
}

TEST_F(Http, OtherMethodsOnGossipAreNotAllowed) {
  for (const char* method : {"GET", "POST", "DELETE", "OPTIONS", "PATCH", "TRACE"}) {
    const Response response = ask_node(request(method, "/gossip", "17"));
    EXPECT_EQ(response.status, 405) << method;
    EXPECT_THAT(response.head, HasSubstr("Allow: PUT\r\n")) << method;
  }
}

TEST_F(Http, MethodsUnknownToHttpAreNotImplemented) {
  for (const char* method : {"BREW", "put", "GOSSIP"})
    EXPECT_EQ(ask_node(request(method, "/gossip", "17")).status, 501) << method;
}

TEST_F(Http, TheAnswerToHeadHasNoBody) {
  Connection connection(cluster_.port(kNode));
  connection.send(request("HEAD", "/gossip") + request("GET", "/healthz"));
  EXPECT_EQ(connection.receive(true).status, 405);
  EXPECT_EQ(connection.receive().status, 200);
}

TEST_F(Http, VersionsAreListedInAscendingOrder) {
  for (const char* version : {"30", "4", "200"}) ask_node(put(version));
  const Response response = ask_node(request("GET", "/versions"));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "{\"node\":1,\"versions\":[4,30,200]}\n");
  EXPECT_THAT(response.head, HasSubstr("Content-Type: application/json\r\n"));
}

TEST_F(Http, HealthIsTold) {
  const Response response = ask_node(request("GET", "/healthz"));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "ok\n");
}

TEST_F(Http, OtherPathsAllowOnlyGet) {
  for (const char* path : {"/versions", "/healthz"}) {
    const Response response = ask_node(request("PUT", path, "17"));
    EXPECT_EQ(response.status, 405) << path;
    EXPECT_THAT(response.head, HasSubstr("Allow: GET\r\n")) << path;
  }
}

TEST_F(Http, UnknownPathsAreNotFound) {
  for (const char* path : {"/", "/gossip/", "/Gossip", "//gossip", "/gossip/1", "/../gossip", "/%67ossip"})
    EXPECT_EQ(ask_node(request("PUT", path, "17")).status, 404) << path;
}

TEST_F(Http, ABodyMayHaveItsLimitAndNoMore) {
  EXPECT_EQ(ask_node(put(padded("17", kMostBody))).status, 200);
  EXPECT_EQ(ask_node(put(padded("18", kMostBody + 1))).status, 413);
  EXPECT_EQ(ask_node(put(padded("18", 1'000'000))).status, 413);
  EXPECT_EQ(ask_node(request("GET", "/versions")).body, "{\"node\":1,\"versions\":[17]}\n");
}

TEST_F(Http, HeadersMayNotExceedTheirLimit) {
  EXPECT_EQ(ask_node(put("17", "A: " + std::string(kMostHeaders / 2, 'x') + "\r\n")).status, 200);
  EXPECT_EQ(ask_node(put("18", "A: " + std::string(kMostHeaders, 'x') + "\r\n")).status, 431);
  std::string many;
  for (int i = 0; i < 1000; ++i) many += fmt::format("A{}: b\r\n", i);
  EXPECT_EQ(ask_node(put("18", many)).status, 431);
  EXPECT_EQ(ask_node(put("18", "A: " + std::string(20'000, 'x') + "\r\n")).status, 400);
  EXPECT_EQ(ask_node(request("GET", "/" + std::string(kMostHeaders, 'x'))).status, 431);
}

TEST(HttpFull, VersionsBeyondAMillionAreRefused) {
  scenario::Scenario scenario =
      scenario_of("cluster.nodes = 2\npublish = { versions = 1000000, interval = \"3s\" }");
  RunningCluster cluster(scenario);
  EXPECT_EQ(ask(cluster.port(0), put("2000000")).status, 507);
}

}  // namespace
}  // namespace hearsay::live
