// Whatever is wrong with a parameter of any kind of fault, or with the keys that all have, is told with its
// place in the body.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "control/api.hpp"
#include "control/json_tree.hpp"
#include "scenario/toml.hpp"
#include "tests/control/fake_cluster.hpp"
#include "tests/support/bad_faults.hpp"
#include "tests/support/written.hpp"

namespace hearsay::control {
namespace {

/// A fault as JSON has it. What JSON has no number for becomes null.
std::string posted(std::string_view kind, const testing::Lines& lines) {
  std::string text = "name = 'it'\nkind = '" + std::string(kind) + "'\n";
  for (const auto& [key, value] : lines) text.append(key).append(" = ").append(value).append("\n");
  return to_json(scenario::parse_toml(text, "it.toml")).dump();
}

class BadFault : public ::testing::Test {
 protected:
  Response post(const std::string& body) {
    return api_.answer({.method = "POST",
                        .path = "/faults",
                        .host = "127.0.0.1:9000",
                        .authorization = "Bearer secret",
                        .body = body});
  }

  void expect_told(const faults::Kind& kind, const std::string& key, const std::string& value) {
    const std::string body = posted(kind.known.declaration.name, testing::bad_lines(kind, key, value));
    const Response response = post(body);
    ASSERT_EQ(response.status, 400) << body;
    const nlohmann::json errors = nlohmann::json::parse(response.body)["errors"];
    EXPECT_EQ(errors.size(), 1U) << body << response.body;
    EXPECT_NE(errors[0]["what"], "") << body;
    EXPECT_NE(errors[0]["allowed"], "") << body;
    EXPECT_THAT(errors[0]["where"].get<std::string>(), ::testing::StartsWith("/" + key)) << body;
  }

  scenario::Scenario scenario_ = testing::written("cluster.nodes = 10");
  FakeCluster cluster_{10};
  Api api_{scenario_, testing::all_known(), "secret", cluster_};
};

TEST_F(BadFault, KindsAreTakenWithWhatTheyNeed) {
  for (const auto& [kind, lines] : testing::needed_lines()) {
    EXPECT_EQ(post(posted(kind, lines)).status, 201) << kind;
    api_.answer({.method = "DELETE",
                 .path = "/faults/it",
                 .host = "127.0.0.1:9000",
                 .authorization = "Bearer secret"});
  }
}

TEST_F(BadFault, IsToldForEveryParameterOfEveryKind) {
  testing::each_bad_parameter([this](const auto&... what) { expect_told(what...); });
  EXPECT_EQ(cluster_.replaced, 0);
}

TEST_F(BadFault, IsToldForTheKeysThatAllHave) {
  testing::each_bad_common([this](const auto&... what) { expect_told(what...); });
  EXPECT_EQ(cluster_.replaced, 0);
}

}  // namespace
}  // namespace hearsay::control
