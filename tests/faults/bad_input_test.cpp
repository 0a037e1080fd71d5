// Whatever is wrong with a parameter of any kind of fault, or with the keys that all have, is told with its
// place.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/errors.hpp"
#include "faults/kinds.hpp"
#include "tests/support/bad_faults.hpp"
#include "tests/support/written.hpp"

namespace hearsay::faults {
namespace {

using testing::bad_lines;
using ::testing::HasSubstr;
using testing::Lines;
using testing::needed_lines;

/// What is wrong with a fault of this kind that has `lines`; all keys of a fault stand on lines of their own.
std::string errors(std::string_view kind, const Lines& lines) {
  std::string text = "cluster.nodes = 10\n[[fault]]\nname = 'it'\nkind = '" + std::string(kind) + "'\n";
  for (const auto& [key, value] : lines) text.append(key).append(" = ").append(value).append("\n");
  try {
    problems(testing::written(text));
    return "";
  } catch (const InputError& error) {
    return error.what();
  }
}

/// Expects that `key` is what is wrong with the kind when it holds `value`, and that its place is told.
void expect_told(const Kind& of, const std::string& key, const std::string& value) {
  const std::string_view kind = of.known.declaration.name;
  const Lines lines = bad_lines(of, key, value);
  const auto line = 5 + std::distance(lines.begin(), lines.find(key));
  const std::string told = errors(kind, lines);
  EXPECT_THAT(told, ::testing::StartsWith("test.toml:" + std::to_string(line) + ":"))
      << kind << ' ' << key << " = " << value;
  EXPECT_THAT(told, HasSubstr("\"" + key + "\"")) << kind << ' ' << value;
  EXPECT_THAT(told, ::testing::Not(HasSubstr("\n"))) << "and nothing besides";
}

TEST(BadInput, KindsAreRightWithWhatTheyNeed) {
  for (const Kind& kind : kinds()) {
    const std::string_view name = kind.known.declaration.name;
    ASSERT_TRUE(needed_lines().contains(name)) << name;
    EXPECT_EQ(errors(name, needed_lines().at(name)), "") << name;
  }
}

TEST(BadInput, OfEveryParameterIsTold) { testing::each_bad_parameter(expect_told); }

TEST(BadInput, OfTheKeysThatAllHaveIsTold) { testing::each_bad_common(expect_told); }

TEST(BadInput, WhatIsRampedIsNotWrittenBesides) {
  for (const Kind& kind : kinds())
    for (const std::string_view ramped : kind.known.ramps) {
      const std::string_view name = kind.known.declaration.name;
      Lines lines = needed_lines().at(name);
      for (const Parameter& parameter : kind.known.declaration.parameters)
        if (parameter.name == ramped)
          lines[std::string(ramped)] = parameter.type == ParameterType::share ? "0.5" : "'5ms'";
      const bool share = lines.at(std::string(ramped)) == "0.5";
      lines["ramp"] = "{ of = '" + std::string(ramped) + "', over = '1s', " +
                      (share ? "from = 0, to = 0.1 }" : "from = '0s', to = '1ms' }");
      EXPECT_THAT(errors(name, lines),
                  HasSubstr("\"" + std::string(ramped) +
                            "\" in fault \"it\" cannot stand beside a ramp of it: one or the other"))
          << name;
    }
}

TEST(BadInput, OfWhatExcludesEachOtherOneIsWritten) {
  EXPECT_THAT(errors("burst", {{"probability", "0.1"}, {"burst_length", "3"}, {"p", "0.1"}}),
              HasSubstr("\"p\" in fault \"it\" cannot stand beside \"probability\""));
  EXPECT_THAT(errors("burst", {{"probability", "0.1"}, {"burst_length", "3"}, {"r", "0.1"}}),
              HasSubstr("\"r\" in fault"));
  EXPECT_THAT(errors("burst", {{"probability", "0.1"}}), HasSubstr("needs a \"burst_length\""));
  EXPECT_THAT(errors("burst", {{"probability", "0.9"}, {"burst_length", "2"}}),
              HasSubstr("must be at least 9"));
  EXPECT_THAT(errors("burst", {}),
              HasSubstr("test.toml:2:1: fault \"it\" needs one of \"probability\" and \"p\""));
  EXPECT_THAT(errors("reorder", {{"probability", "0.1"}, {"behind", "2"}, {"delay", "'1s'"}}),
              HasSubstr("\"delay\" in fault \"it\" cannot stand beside \"behind\""));
  EXPECT_THAT(errors("reorder", {{"probability", "0.1"}}),
              HasSubstr("needs one of \"behind\" and \"delay\""));
  EXPECT_THAT(errors("throttle", {{"rate", "1"}, {"bytes", "1"}}), HasSubstr("cannot stand beside \"rate\""));
  EXPECT_THAT(errors("throttle", {}), HasSubstr("needs one of \"rate\" and \"bytes\""));
}

}  // namespace
}  // namespace hearsay::faults
