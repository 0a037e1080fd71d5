// A running cluster's control port, as HTTP has it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "tests/live/running.hpp"
#include "tests/support/socket.hpp"

namespace hearsay::live {
namespace {

using nlohmann::json;

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
