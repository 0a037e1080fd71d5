// `hearsay up --control`: a running cluster, asked and changed over HTTP.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/tools/process.hpp"

namespace hearsay::tools {
namespace {

using ::testing::HasSubstr;
using testing::Response;
using Json = nlohmann::json;

/// A cluster of six nodes that nobody publishes into unless asked, under control.
class Control : public ::testing::Test {
 protected:
  Control()
      : port_(testing::free_ports(7)),
        up_({"up", "--start-port", std::to_string(port_ + 1), "--interval", "10h", "--set",
             "gossip.interval=\"10ms\"", "--control", fmt::format("127.0.0.1:{}", port_), "--control-token",
             "secret"}) {
    up_.wait_for("Starting server 5");
  }

  Response ask(const std::string& method, const std::string& path, const std::string& body = "",
               const std::string& more = "Authorization: Bearer secret\r\n") {
    return testing::ask(port_, testing::request(method, path, body, more));
  }

  Json status() { return Json::parse(ask("GET", "/status").body); }
  std::uint16_t port_of(int node) const { return static_cast<std::uint16_t>(port_ + 1 + node); }

  std::uint16_t port_;
  Process up_;
};

TEST_F(Control, PublishesAtOnce) {
  EXPECT_EQ(Json::parse(ask("POST", "/publish").body)["version"], 1);
  up_.wait_for("Committed version 1 → count = 6\n");
  EXPECT_EQ(status()["versions"], Json::parse(R"({"published": 1, "committed": 1})"));
}

TEST_F(Control, AFaultThatIsPostedActsAtOnceAndEndsWhenItIsDeleted) {
  const Response added =
      ask("POST", "/faults", R"({"name": "no way", "kind": "drop", "probability": 1, "to": [4]})");
  EXPECT_EQ(added.status, 201) << added.body;
  ask("POST", "/publish");
  up_.wait_for("Received for 1 → count = 5\n");
  EXPECT_GT(Json::parse(ask("GET", "/faults").body)["faults"][0]["evidence"]["hit"], 0);
  EXPECT_EQ(ask("DELETE", "/faults/no%20way").status, 200);
  ask("POST", "/publish");
  up_.wait_for("Committed version 2 → count = 6\n");
  EXPECT_EQ(Json::parse(ask("GET", "/faults").body)["faults"], Json::array());
}

TEST_F(Control, NodesAreKilledAndRestarted) {
  EXPECT_EQ(ask("POST", "/nodes/2/kill").status, 200);
  EXPECT_FALSE(testing::listens(port_of(2)));
  EXPECT_EQ(status()["nodes"]["down"], Json::parse("[2]"));
  EXPECT_EQ(ask("POST", "/nodes/2/kill").status, 409);
  EXPECT_EQ(ask("POST", "/nodes/2/restart").status, 200);
  EXPECT_TRUE(testing::listens(port_of(2)));
}

TEST_F(Control, NodesArePausedAndResumed) {
  EXPECT_EQ(ask("POST", "/nodes/1/pause").status, 200);
  EXPECT_EQ(status()["nodes"]["paused"], Json::parse("[1]"));
  ask("POST", "/publish");
  up_.wait_for("Received for 1 → count = 5\n");
  EXPECT_EQ(ask("POST", "/nodes/1/resume").status, 200);
  up_.wait_for("Committed version 1 → count = 6\n");
}

/// Ending a kill brings back whom it took down.
TEST_F(Control, DeletingAFaultUndoesWhatItDidToNodes) {
  EXPECT_EQ(ask("POST", "/faults", R"({"name": "crash", "kind": "kill", "nodes": [3]})").status, 201);
  while (status()["nodes"]["down"] != Json::parse("[3]")) continue;
  EXPECT_EQ(ask("DELETE", "/faults/crash").status, 200);
  EXPECT_EQ(status()["nodes"]["down"], Json::array());
  EXPECT_TRUE(testing::listens(port_of(3)));
}

TEST_F(Control, ChangingAKillDoesNotKillAgain) {
  ask("POST", "/faults", R"({"name": "crash", "kind": "kill", "nodes": [3], "restart_after": "1us"})");
  while (Json::parse(ask("GET", "/faults").body)["faults"][0]["evidence"]["eligible"] != 1) continue;
  EXPECT_EQ(ask("PATCH", "/faults/crash", R"({"restart_after": "10h"})").status, 200);
  EXPECT_EQ(status()["nodes"]["down"], Json::array());
  EXPECT_EQ(Json::parse(ask("GET", "/faults").body)["faults"][0]["evidence"]["eligible"], 1);
}

TEST_F(Control, AllFaultsAreReplacedAtOnce) {
  const Response replaced = ask("POST", "/faults:replace",
                                R"({"faults": [{"name": "a", "kind": "drop", "probability": 0.1},
                                               {"name": "b", "kind": "delay", "delay": "1ms"}]})");
  EXPECT_EQ(replaced.status, 200) << replaced.body;
  EXPECT_EQ(Json::parse(replaced.body)["faults"].size(), 2U);
}

TEST_F(Control, WhatIsWrongIsToldAsJson) {
  const Response refused = ask("POST", "/faults", R"({"name": "a", "kind": "drop", "probability": "often"})");
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(Json::parse(refused.body)["errors"][0]["where"], "/probability");
  EXPECT_EQ(ask("POST", "/faults", std::string((1 << 20) + 1, ' ')).status, 413);
  EXPECT_EQ(ask("DELETE", "/status").status, 405);
  EXPECT_EQ(ask("GET", "/nothing").status, 404);
}

TEST_F(Control, OnlyWhoKnowsTheTokenChangesAnything) {
  EXPECT_EQ(ask("POST", "/publish", "", "").status, 401);
  EXPECT_EQ(ask("POST", "/publish", "", "Authorization: Bearer wrong\r\n").status, 401);
  EXPECT_EQ(ask("GET", "/status", "", "").status, 200);
  EXPECT_EQ(ask("GET", "/status", "", "Origin: http://evil.example\r\n").status, 403);
  EXPECT_EQ(testing::ask(port_, "GET /status HTTP/1.1\r\nHost: evil.example\r\n\r\n").status, 403);
}

TEST(ControlAtTheStart, AFreePortAndATokenAreMadeUpAndPrinted) {
  Process up({"up", "--start-port", "0", "--control", "127.0.0.1:0"});
  up.wait_for("Starting server 5");
  up.signal(SIGINT);
  const Ended ended = up.wait();
  EXPECT_EQ(ended.exit_code, 0);
  const std::vector<std::string> lines = lines_of(ended.out);
  EXPECT_THAT(lines[0], ::testing::MatchesRegex("Control on http://127.0.0.1:[0-9]+"));
  EXPECT_THAT(lines[1], ::testing::MatchesRegex("Control token [0-9a-f]{32}"));
}

TEST(ControlAtTheStart, BadAddressesAndTokensAreRefused) {
  for (const char* address :
       {"0.0.0.0:9000", "127.0.0.1:65536", "127.0.0.1:", "127.0.0.1:x", "evil.example:80", "-1"})
    EXPECT_EQ(hearsay({"up", "--control=" + std::string(address)}).exit_code, 64) << address;
  EXPECT_EQ(hearsay({"up", "--control", "0", "--control-token", "two words"}).exit_code, 64);
  EXPECT_EQ(hearsay({"up", "--control-token", "alone"}).exit_code, 64);
}

TEST(ControlAtTheStart, ATakenPortEndsWith69) {
  const std::uint16_t port = testing::free_ports(1);
  const testing::Descriptor taken = testing::occupy(port);
  const Ended ended = hearsay({"up", "--start-port", "0", "--control", std::to_string(port)});
  EXPECT_EQ(ended.exit_code, 69);
  EXPECT_THAT(ended.err, HasSubstr(fmt::format("port {} is already in use", port)));
}

}  // namespace
}  // namespace hearsay::tools
