// A running cluster's control port, as HTTP has it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "live/http.hpp"
#include "tests/live/running.hpp"
#include "tests/support/socket.hpp"

namespace hearsay::live {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

json error_of(const testing::Response& refused) { return json::parse(refused.body)["errors"][0]; }

class ControlPort : public ::testing::Test {
 protected:
  explicit ControlPort(std::string_view toml = "")
      : cluster_(idle_scenario("gossip.rounds = 0\n[cluster]\nnodes = 3\n" + std::string(toml)), {},
                 "secret") {}

  testing::Response request(std::string_view method, std::string_view path, std::string_view body = "") {
    return testing::ask(cluster_.control_port(),
                        testing::request(method, path, body, "Authorization: Bearer secret\r\n"));
  }

  json status() { return json::parse(request("GET", "/status").body); }

  RunningCluster cluster_;
};

TEST_F(ControlPort, HeadIsGetWithoutItsBody) {
  testing::Connection connection(cluster_.control_port());
  connection.send(testing::request("HEAD", "/faults") + testing::request("GET", "/faults"));
  const testing::Response head = connection.receive(true);
  EXPECT_EQ(head.status, 200);
  EXPECT_THAT(head.head, HasSubstr("Content-Length: 14\r\n"));
  EXPECT_EQ(connection.receive().body, "{\"faults\":[]}\n");
}

TEST_F(ControlPort, AnyMethodIsNamedWhereItIsNotAllowed) {
  for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"}) {
    const testing::Response refused = request(method, "/status");
    EXPECT_EQ(refused.status, 405) << method;
    EXPECT_EQ(error_of(refused)["what"], method + std::string(" is not allowed here"));
  }
}

TEST_F(ControlPort, WhatIsTooLongIsRefusedAsJson) {
  const testing::Response body = request("POST", "/faults", std::string((1 << 20) + 1, ' '));
  EXPECT_EQ(body.status, 413);
  EXPECT_EQ(error_of(body)["where"], "body");
  const testing::Response headers = request("GET", "/" + std::string(kMostHeaders, 'x'));
  EXPECT_EQ(headers.status, 431);
  EXPECT_THAT(headers.head, HasSubstr("431 Request Header Fields Too Large"));
  EXPECT_EQ(error_of(headers)["where"], "headers");
}

TEST_F(ControlPort, WhatIsFarTooLongOrNoHttpIsRefusedUnread) {
  EXPECT_EQ(request("POST", "/faults", std::string(3 << 20, ' ')).status, 413);
  EXPECT_EQ(request("GET", "/" + std::string(3 * kMostHeaders, 'x')).status, 400);
  EXPECT_EQ(request("EXPLODE", "/status").status, 501);
  EXPECT_EQ(status()["nodes"]["count"], 3);
}

TEST_F(ControlPort, NulIsAByteOfANameAsAnyOther) {
  EXPECT_EQ(request("POST", "/faults", R"({"name": "rr", "kind": "drop", "probability": 1})").status, 201);
  const testing::Response refused = request("PATCH", "/faults/rr%00x", R"({"probability": 0.5})");
  EXPECT_EQ(refused.status, 404);
  EXPECT_EQ(error_of(refused)["where"], std::string("rr\0x", 4));
  EXPECT_EQ(request("DELETE", "/faults/rr%00").status, 404);
  EXPECT_EQ(request("DELETE", "/faults/rr").status, 200);
}

TEST_F(ControlPort, WhatIsNoPathIsToldAsItWasAskedFor) {
  for (const char* target : {"//status", "//127.0.0.1/status", "http://127.0.0.1", "/"}) {
    const testing::Response refused = request("GET", target);
    EXPECT_EQ(refused.status, 404) << target;
    EXPECT_EQ(error_of(refused)["where"], target);
  }
}

class FaultyControlPort : public ControlPort {
 protected:
  FaultyControlPort()
      : ControlPort(R"(
[[fault]]
name = "twice"
kind = "duplicate"
probability = 1
[[fault]]
name = "late"
kind = "delay"
delay = "1ms"
[[fault]]
name = "garbled"
kind = "corrupt"
probability = 1
to = 0
)") {}
};

TEST_F(FaultyControlPort, TheStatusHasTheWholeAccountOfMessages) {
  EXPECT_EQ(request("POST", "/publish").status, 200);
  while (status()["messages"]["in_flight"] != 0) continue;
  EXPECT_EQ(status()["messages"], json::parse(R"({"sent": 6, "delivered": 6, "dropped": 0, "failed": 0,
                                                  "in_flight": 0, "duplicated": 3, "delayed": 6,
                                                  "rejected": 2, "foreign": 0})"));
}

}  // namespace
}  // namespace hearsay::live
