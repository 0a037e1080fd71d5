// Every scenario of the folder runs, passes, and gives a balanced account: in its own world, and in virtual
// time.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/sanitized.hpp"
#include "tests/support/scenario_folder.hpp"
#include "tests/tools/process.hpp"
#include "tools/load.hpp"

namespace hearsay::tools {
namespace {

using testing::letters_of;
using testing::scenario_file;
using testing::scenario_names;

scenario::Scenario scenario_of(const std::string& name) { return load({scenario_file(name)}, {}).front(); }

/// Those that do not run in virtual time by themselves.
std::vector<std::string> real_scenarios() {
  std::vector<std::string> names = scenario_names();
  std::erase_if(names, [](const std::string& name) { return scenario_of(name).world == "sim"; });
  return names;
}

/// What runs a scenario, with as many nodes as there is time for.
std::vector<std::string> command_for(const std::string& name) {
  const NodeId most = testing::kSanitized ? 10'000 : 1'000'000;
  std::vector<std::string> command = {"run", scenario_file(name), "--json", "-"};
  if (scenario_of(name).cluster.nodes > most)
    command.insert(command.end(), {"--set", fmt::format("cluster.nodes={}", most)});
  return command;
}

void expect_good_account(const nlohmann::json& result) {
  EXPECT_EQ(result["schema"], "hearsay/result/1");
  const auto& messages = result["messages"];
  EXPECT_EQ(messages["sent"].get<int>(), messages["delivered"].get<int>() + messages["dropped"].get<int>() +
                                             messages["failed"].get<int>() +
                                             messages["in_flight"].get<int>());
  EXPECT_GT(messages["delivered"], 0);
  const auto& versions = result["versions"];
  EXPECT_EQ(versions["published"].get<int>(),
            versions["committed"].get<int>() + versions["lost"].get<int>() + versions["open"].get<int>());
  EXPECT_GT(versions["published"], 0);
  EXPECT_EQ(versions["open"], 0);
  for (const auto& fault : result["faults"])
    EXPECT_NE(fault["off"].get<bool>(), fault["hit"].get<int>() > 0) << fault["name"];
}

class RealScenario : public ::testing::TestWithParam<std::string> {};

TEST_P(RealScenario, Passes) {
  const Ended ended = hearsay(command_for(GetParam()));
  ASSERT_TRUE(passed(ended)) << ended.err;
  expect_good_account(nlohmann::json::parse(ended.out));
}

INSTANTIATE_TEST_SUITE_P(Folder, RealScenario, ::testing::ValuesIn(real_scenarios()), letters_of);

class VirtualScenario : public ::testing::TestWithParam<std::string> {};

TEST_P(VirtualScenario, Passes) {
  std::vector<std::string> command = command_for(GetParam());
  command.insert(command.end(), {"--world", "sim"});
  const Ended ended = hearsay(command);
  ASSERT_EQ(ended.exit_code, 0) << ended.err;
  expect_good_account(nlohmann::json::parse(ended.out));
}

INSTANTIATE_TEST_SUITE_P(Folder, VirtualScenario, ::testing::ValuesIn(scenario_names()), letters_of);

}  // namespace
}  // namespace hearsay::tools
