#include "control/api.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "faults/kinds.hpp"
#include "gossip/protocols.hpp"
#include "tests/control/fake_cluster.hpp"

namespace hearsay::control {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Json = nlohmann::json;

scenario::Known known() {
  scenario::Known known;
  known.worlds = {"live"};
  known.endless = true;
  for (const faults::Kind& kind : faults::kinds()) known.faults.push_back(kind.known);
  for (const gossip::Protocol& protocol : gossip::protocols())
    known.protocols.push_back(protocol.declaration);
  return known;
}

class ApiTest : public ::testing::Test {
 protected:
  ApiTest()
      : scenario_(
            scenario::read_text("[cluster]\nnodes = 6\n[[fault]]\nname = \"bad wifi\"\nkind = \"drop\"\n"
                                "probability = \"10%\"\n",
                                "six.toml", known())),
        cluster_(6),
        api_(scenario_, known(), "secret", cluster_) {}

  Response ask(const std::string& method, const std::string& path, const std::string& body = {}) {
    return api_.answer({.method = method,
                        .path = path,
                        .host = "127.0.0.1:9000",
                        .origin = {},
                        .authorization = "Bearer secret",
                        .body = body});
  }

  Json faults() { return Json::parse(ask("GET", "/faults").body)["faults"]; }

  scenario::Scenario scenario_;
  FakeCluster cluster_;
  Api api_;
};

Json first_error(const Response& response) { return Json::parse(response.body)["errors"][0]; }

TEST_F(ApiTest, ShowsTheRulesOfTheScenarioWithTheirEvidence) {
  cluster_.seen = {{.name = "bad wifi", .kind = "drop", .eligible = 100, .hit = 9}};
  EXPECT_EQ(faults(), Json::parse(R"([{"kind": "drop", "name": "bad wifi", "probability": "10%",
                                       "evidence": {"eligible": 100, "hit": 9, "off": false}}])"));
}

TEST_F(ApiTest, AnAddedRuleIsInForceAndOpensNow) {
  cluster_.now = 1'234'567;
  const Response added =
      ask("POST", "/faults", R"({"name": "slow link", "kind": "delay", "delay": "100ms"})");
  EXPECT_EQ(added.status, 201);
  ASSERT_EQ(cluster_.faults.size(), 2U);
  EXPECT_EQ(cluster_.faults[0].name, "bad wifi");
  EXPECT_EQ(cluster_.faults[1].name, "slow link");
  EXPECT_EQ(cluster_.faults[1].window.at, 1'234'567);
  EXPECT_EQ(faults().size(), 2U);
}

TEST_F(ApiTest, AChangeKeepsTheOtherKeys) {
  EXPECT_EQ(ask("PATCH", "/faults/bad wifi", R"({"probability": 0.5, "to": [1, 2]})").status, 200);
  EXPECT_EQ(cluster_.faults[0].get<double>("probability"), 0.5);
  EXPECT_EQ(faults()[0]["to"], Json::parse("[1, 2]"));
  EXPECT_EQ(faults()[0]["kind"], "drop");
}

TEST_F(ApiTest, ARemovedRuleIsGone) {
  EXPECT_EQ(ask("DELETE", "/faults/bad wifi").status, 200);
  EXPECT_THAT(cluster_.faults, IsEmpty());
  EXPECT_EQ(ask("DELETE", "/faults/bad wifi").status, 404);
}

TEST_F(ApiTest, AllRulesAreReplacedAtOnceOrNotAtAll) {
  const Response wrong = ask("POST", "/faults:replace",
                             R"({"faults": [{"name": "a", "kind": "drop", "probability": 0.1},
                                            {"name": "b", "kind": "drop", "probability": 2}]})");
  EXPECT_EQ(wrong.status, 400);
  EXPECT_EQ(cluster_.replaced, 0);
  EXPECT_EQ(faults()[0]["name"], "bad wifi");
  EXPECT_EQ(ask("POST", "/faults:replace", R"({"faults": []})").status, 200);
  EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(ApiTest, WhatIsWrongIsToldWithItsPlaceAndWhatIsAllowed) {
  const Response response = ask("POST", "/faults", R"({"name": "x", "kind": "drop", "probability": "130%"})");
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(first_error(response)["where"], "/probability");
  EXPECT_THAT(first_error(response)["what"], HasSubstr("\"probability\" in fault \"x\" must be"));
  EXPECT_THAT(first_error(response)["allowed"], HasSubstr("30%"));
}

TEST_F(ApiTest, EveryRefusalOfAFaultSaysWhereAndWhatIsAllowed) {
  for (const char* rule : {
           R"("kind": "drop", "ramp": 3)",
           R"("kind": "drop", "probability": 0.1, "ramp": {"from": 0, "to": 1, "over": "1s"})",
           R"("kind": "partition", "between": [0, 1], "from": 2)",
           R"("kind": "partition", "between": [0, 1], "ramp": 3)",
           R"("kind": "kill", "nodes": 0, "to": 2)",
           R"("kind": "kill", "nodes": 0, "for": "1s")",
           R"("kind": "kill", "nodes": 0, "every": "1us")",
           R"("kind": "drop", "probability": 0.1, "for": "1s", "until": "9h")",
           R"("kind": "drop", "probability": 0.1, "at": "2s", "until": "1s")",
           R"("kind": "drop", "probability": 0.1, "every": "1s")",
           R"("kind": "drop", "probability": 0.1, "for": "2s", "every": "1s")",
           R"("kind": "delay", "delay": "2h")",
           R"("kind": "throttle")",
           R"("kind": "throttle", "rate": 1, "bytes": 1)",
           R"("kind": "reorder", "probability": 0.1, "behind": 1, "at_most": "0s")",
           R"("kind": "reorder", "probability": 0.1, "delay": "1s", "at_most": "1s")",
           R"("kind": "reorder", "probability": 0.1, "delay": "1s", "scope": "all")",
           R"("kind": "burst", "probability": 0.1)",
           R"("kind": "burst", "probability": 0.9, "burst_length": 2)",
           R"("kind": "burst", "p": 0.1, "r": 0.1, "burst_length": 2)",
           R"("kind": "duplicate", "probability": 0.1, "copies": 1001)",
       }) {
    const Response response = ask("POST", "/faults", std::string(R"({"name": "x", )") + rule + "}");
    ASSERT_EQ(response.status, 400) << rule;
    const Json answer = Json::parse(response.body);
    for (const Json& error : answer["errors"])
      for (const char* key : {"what", "where", "allowed"}) EXPECT_NE(error[key], "") << rule << error;
  }
  EXPECT_EQ(cluster_.replaced, 0);
}

TEST_F(ApiTest, AFaultAsAWholeIsWrongAtItsPlaceInTheBody) {
  EXPECT_EQ(first_error(ask("POST", "/faults", R"({"name": "x", "kind": "throttle"})"))["where"], "/");
  EXPECT_EQ(first_error(ask("PATCH", "/faults/bad wifi", R"({"kind": "kill"})"))["where"], "/");
  EXPECT_EQ(first_error(ask("POST", "/faults:replace",
                            R"({"faults": [{"name": "a", "kind": "drop", "probability": 0.1},
                                           {"name": "b", "kind": "throttle"}]})"))["where"],
            "/faults/1");
}

TEST_F(ApiTest, MisspeltKeysAreTold) {
  EXPECT_THAT(
      first_error(ask("POST", "/faults", R"({"name": "x", "kind": "drop", "probabilty": 0.1})"))["what"],
      HasSubstr("did you mean \"probability\"?"));
  EXPECT_EQ(cluster_.replaced, 0);
}

TEST_F(ApiTest, TakenNamesAreTold) {
  const auto expect_taken = [](const Response& response, const std::string& name) {
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(first_error(response)["where"], "/name");
    EXPECT_EQ(first_error(response)["what"], "another fault is called \"" + name + "\" already");
  };
  expect_taken(ask("POST", "/faults", R"({"name": "bad wifi", "kind": "drop", "probability": 0.1})"),
               "bad wifi");
  EXPECT_EQ(ask("POST", "/faults", R"({"name": "b", "kind": "drop", "probability": 0.1})").status, 201);
  expect_taken(ask("PATCH", "/faults/bad wifi", R"({"name": "b"})"), "b");
  expect_taken(ask("PATCH", "/faults/b", R"({"name": "bad wifi"})"), "bad wifi");
  EXPECT_EQ(cluster_.replaced, 1);
  EXPECT_EQ(ask("PATCH", "/faults/b", R"({"name": "b"})").status, 200);
  EXPECT_EQ(ask("PATCH", "/faults/b", R"({"name": "c"})").status, 200);
}

TEST_F(ApiTest, OfTwoThatTakeOneNameTheFirstIsPointedTo) {
  const Response response = ask("POST", "/faults:replace",
                                R"({"faults": [{"name": "a", "kind": "drop", "probability": 0.1},
                                               {"name": "a", "kind": "drop", "probability": 0.1}]})");
  EXPECT_EQ(first_error(response)["where"], "/faults/1/name");
  EXPECT_EQ(first_error(response)["what"], "a second fault is called \"a\"; the first is at /faults/0/name");
}

TEST_F(ApiTest, JsonThatIsNoneOrNoObjectIsRefused) {
  for (const char* body :
       {"", "{", "[]", "3", "\"x\"", "null", R"({"a": null})", R"({"name": "a", "name": "b"})"})
    EXPECT_EQ(ask("POST", "/faults", body).status, 400) << body;
  EXPECT_EQ(ask("POST", "/faults", std::string(100, '[') + std::string(100, ']')).status, 400);
  EXPECT_EQ(cluster_.replaced, 0);
}

/// Values that are no JSON, or no value of any key, as they stand in a body.
std::vector<std::string> nasty_values() {
  const std::string deep(1000, '[');
  return {"1e999",
          "-1e999",
          "[1e999]",
          "1e308",
          "18446744073709551615",
          "18446744073709551616",
          "-9223372036854775809",
          std::string(10'000, '9'),
          "NaN",
          "Infinity",
          "0x10",
          "01",
          "+1",
          ".5",
          "null",
          "{}",
          "[]",
          "[[[[1]]]]",
          R"({"a": 1, "a": 2})",
          deep,
          deep + std::string(1000, ']'),
          R"("\u0000")",
          R"("30%\u0000")",
          R"("1s\u0000")",
          R"("\ud800")",
          R"("\x41")",
          std::string("\"a\0b\"", 5),
          "\"\xff\"",
          "\"\xc0\xaf\"",
          "\"\xed\xa0\x80\"",
          "\"open"};
}

TEST_F(ApiTest, NastyValuesOfAnyKeyAreToldWithTheirPlace) {
  for (const std::string& value : nasty_values())
    for (const char* key : {"name", "kind", "probability", "from", "at", "limit", "ramp", "unheard of"}) {
      const std::string body = "{\"" + std::string(key) + "\": " + value + "}";
      const Response response = ask("PATCH", "/faults/bad wifi", body);
      ASSERT_EQ(response.status, 400) << body;
      for (const char* part : {"what", "where", "allowed"})
        EXPECT_NE(first_error(response)[part], "") << body << response.body;
      EXPECT_EQ(ask("POST", "/faults", body).status, 400) << body;
      EXPECT_EQ(ask("POST", "/nodes/3/kill", body).status, 400) << body;
    }
  EXPECT_EQ(cluster_.replaced, 0);
  EXPECT_THAT(cluster_.down, IsEmpty());
}

TEST_F(ApiTest, ANumberThatIsTooLargeIsToldInWordsOfOurOwn) {
  const Response response = ask("POST", "/faults", R"({"name": "a", "kind": "drop", "probability": 1e999})");
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(first_error(response)["what"], "holds a number that is too large");
}

TEST_F(ApiTest, NodesAreKilledRestartedPausedAndResumed) {
  EXPECT_EQ(ask("POST", "/nodes/3/kill").status, 200);
  EXPECT_TRUE(cluster_.wiped);
  EXPECT_EQ(ask("POST", "/nodes/3/kill").status, 409);
  EXPECT_EQ(ask("POST", "/nodes/4/kill", R"({"state": "keep"})").status, 200);
  EXPECT_FALSE(cluster_.wiped);
  EXPECT_THAT(cluster_.down, ElementsAre(3, 4));
  EXPECT_EQ(ask("POST", "/nodes/3/restart").status, 200);
  EXPECT_EQ(ask("POST", "/nodes/0/pause").status, 200);
  EXPECT_THAT(cluster_.paused, ElementsAre(0));
  EXPECT_EQ(ask("POST", "/nodes/0/resume").status, 200);
  EXPECT_THAT(cluster_.paused, IsEmpty());
}

TEST_F(ApiTest, NodesAndVerbsThatAreNoneAreTold) {
  for (const char* path : {"/nodes/6/kill", "/nodes/-1/kill", "/nodes/3x/kill", "/nodes//kill",
                           "/nodes/99999999999/kill", "/nodes/3/explode", "/nodes/3", "/nodes", "/", "/x"})
    EXPECT_EQ(ask("POST", path).status, 404) << path;
  EXPECT_EQ(ask("POST", "/nodes/3/kill", R"({"state": "lose"})").status, 400);
  EXPECT_EQ(ask("POST", "/nodes/3/kill", R"({"how": "hard"})").status, 400);
  EXPECT_THAT(cluster_.down, IsEmpty());
}

TEST_F(ApiTest, WhatTakesNoParametersRefusesThem) {
  for (const char* path : {"/nodes/3/pause", "/nodes/3/resume", "/nodes/3/restart", "/publish"}) {
    EXPECT_EQ(ask("POST", path, "nonsense").status, 400) << path;
    const Response response = ask("POST", path, R"({"state": "keep"})");
    EXPECT_EQ(response.status, 400) << path;
    EXPECT_EQ(first_error(response)["where"], "/state");
    EXPECT_EQ(first_error(response)["allowed"], "no body, or {}");
  }
  EXPECT_THAT(cluster_.paused, IsEmpty());
  EXPECT_EQ(cluster_.published, 0U);
  EXPECT_EQ(ask("POST", "/nodes/3/pause", "{}").status, 200);
}

TEST_F(ApiTest, PublishesTheNextVersion) {
  EXPECT_EQ(Json::parse(ask("POST", "/publish").body)["version"], 1);
  cluster_.full = true;
  EXPECT_EQ(ask("POST", "/publish").status, 507);
}

TEST_F(ApiTest, TellsTheStatus) {
  cluster_.down = {2};
  cluster_.now = 2500;
  const Json status = Json::parse(ask("GET", "/status").body);
  EXPECT_EQ(status["now_ms"], 2.5);
  EXPECT_EQ(status["nodes"], Json::parse(R"({"count": 6, "down": [2], "paused": []})"));
}

TEST_F(ApiTest, OtherMethodsAreRefusedWithWhatIsAllowed) {
  EXPECT_EQ(ask("DELETE", "/status").status, 405);
  EXPECT_EQ(ask("DELETE", "/status").allow, "GET, HEAD");
  EXPECT_EQ(ask("PUT", "/faults").allow, "GET, HEAD, POST");
  EXPECT_EQ(ask("GET", "/faults/bad wifi").allow, "PATCH, DELETE");
}

TEST_F(ApiTest, HeadIsAnsweredAsGetIs) {
  for (const char* path : {"/status", "/faults", "/nothing"}) {
    EXPECT_EQ(ask("HEAD", path).status, ask("GET", path).status) << path;
    EXPECT_EQ(ask("HEAD", path).body, ask("GET", path).body) << path;
  }
}

TEST_F(ApiTest, ABodyMayHaveItsLimitAndNoMore) {
  EXPECT_EQ(ask("POST", "/nodes/3/pause", "{}" + std::string(kMostBody - 2, ' ')).status, 200);
  const Response refused = ask("POST", "/nodes/3/resume", "{}" + std::string(kMostBody - 1, ' '));
  EXPECT_EQ(refused.status, 413);
  EXPECT_EQ(first_error(refused)["allowed"], "at most 1048576 bytes");
  EXPECT_THAT(cluster_.paused, ElementsAre(3));
}

TEST_F(ApiTest, NamesAreTakenWithAllTheirBytes) {
  const std::string name("/faults/bad wifi\0x", 18);
  EXPECT_EQ(ask("PATCH", name, R"({"probability": 0.5})").status, 404);
  EXPECT_EQ(first_error(ask("DELETE", name))["where"], std::string("bad wifi\0x", 10));
  EXPECT_EQ(ask("POST", std::string("/nodes/3\0/kill", 14)).status, 404);
  EXPECT_EQ(cluster_.replaced, 0);
}

TEST_F(ApiTest, ChangesNeedTheToken) {
  Request request = {.method = "POST", .path = "/publish", .host = "localhost:9000"};
  for (const char* authorization : {"", "secret", "Bearer secreT", "Bearer secret ", "Basic secret"}) {
    request.authorization = authorization;
    EXPECT_EQ(api_.answer(request).status, 401) << authorization;
  }
  EXPECT_EQ(cluster_.published, 0U);
  request.method = "GET";
  request.path = "/status";
  EXPECT_EQ(api_.answer(request).status, 200);
}

TEST_F(ApiTest, ForeignHostsAndOriginsMayAskForNothing) {
  Request request = {.method = "GET", .path = "/status", .authorization = "Bearer secret"};
  for (const char* host :
       {"", "evil.example", "127.evil.example", "localhost.evil.example:80", "10.0.0.1:9000"}) {
    request.host = host;
    EXPECT_EQ(api_.answer(request).status, 403) << host;
  }
  request.host = "[::1]:9000";
  EXPECT_EQ(api_.answer(request).status, 200);
  for (const char* origin : {"http://evil.example", "null", "https://[::1]:9000", "http://[::1]:9001"}) {
    request.origin = origin;
    EXPECT_EQ(api_.answer(request).status, 403) << origin;
  }
  request.origin = "http://[::1]:9000";
  EXPECT_EQ(api_.answer(request).status, 200);
}

TEST(Tokens, AreLongAndNeverTheSame) {
  EXPECT_EQ(make_token().size(), 32U);
  EXPECT_NE(make_token(), make_token());
}

}  // namespace
}  // namespace hearsay::control
