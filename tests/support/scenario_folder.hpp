#pragma once

// The scenarios that come with the program, as parameters of tests. Needs HEARSAY_SCENARIOS, their folder.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace hearsay::testing {

/// The names of all files of the folder.
inline std::vector<std::string> scenario_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(HEARSAY_SCENARIOS))
    if (entry.path().extension() == ".toml") names.push_back(entry.path().stem());
  std::sort(names.begin(), names.end());
  return names;
}

inline std::string scenario_file(const std::string& name) { return HEARSAY_SCENARIOS "/" + name + ".toml"; }

/// A name as names of tests may be.
inline std::string letters_of(const ::testing::TestParamInfo<std::string>& test) {
  std::string letters = test.param;
  std::replace(letters.begin(), letters.end(), '-', '_');
  return letters;
}

}  // namespace hearsay::testing
