// Every scenario of the folder runs, passes, and gives a balanced account.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/tools/process.hpp"

namespace hearsay::tools {
namespace {

/// The names of all files of the folder.
std::vector<std::string> scenarios() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(HEARSAY_SCENARIOS))
    if (entry.path().extension() == ".toml") names.push_back(entry.path().stem());
  std::sort(names.begin(), names.end());
  return names;
}

std::string letters_of(const ::testing::TestParamInfo<std::string>& test) {
  std::string letters = test.param;
  std::replace(letters.begin(), letters.end(), '-', '_');
  return letters;
}

class Scenario : public ::testing::TestWithParam<std::string> {};

TEST_P(Scenario, Passes) {
  const std::string file = HEARSAY_SCENARIOS "/" + GetParam() + ".toml";
  const Ended ended = hearsay({"run", file, "--json", "-"});
  ASSERT_TRUE(passed(ended)) << ended.err;

  const auto result = nlohmann::json::parse(ended.out);
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

INSTANTIATE_TEST_SUITE_P(Folder, Scenario, ::testing::ValuesIn(scenarios()), letters_of);

}  // namespace
}  // namespace hearsay::tools
