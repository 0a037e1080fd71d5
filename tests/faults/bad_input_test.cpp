// Whatever is wrong with a parameter of any kind of fault, or with the keys that all have, is told with its
// place.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "base/errors.hpp"
#include "faults/kinds.hpp"
#include "tests/support/written.hpp"

namespace hearsay::faults {
namespace {

using ::testing::HasSubstr;

using Lines = std::map<std::string, std::string, std::less<>>;

/// What each kind needs.
const std::map<std::string_view, Lines> kNeeded = {
    {"burst", {{"probability", "0.1"}, {"burst_length", "3"}}},
    {"churn", {{"rate", "1"}}},
    {"corrupt", {{"probability", "0.1"}}},
    {"delay", {{"delay", "'1ms'"}}},
    {"drop", {{"probability", "0.1"}}},
    {"duplicate", {{"probability", "0.1"}}},
    {"kill", {{"nodes", "1"}}},
    {"partition", {{"between", "[0, 1]"}}},
    {"pause", {{"nodes", "1"}}},
    {"reorder", {{"probability", "0.1"}, {"behind", "2"}}},
    {"reset", {{"probability", "0.1"}}},
    {"skew", {{"nodes", "1"}, {"factor", "2"}}},
    {"slow", {{"nodes", "1"}, {"delay", "'1ms'"}}},
    {"stale", {{"probability", "0.1"}}},
    {"throttle", {{"rate", "10"}}},
};

std::vector<std::string> bad_values(ParameterType type) {
  switch (type) {
    case ParameterType::share:
      return {"-0.1", "1.1", "'101%'", "'-1%'", "'much'", "[1]", "nan", "true"};
    case ParameterType::duration:
      return {"5", "'-1s'", "'1001h'", "'1 s'", "'1d'", "[]", "'1s..2s'"};
    case ParameterType::duration_range:
      return {"5", "'-1s'", "'1001h'", "'5s..1s'", "'long'", "['1s']", "true"};
    case ParameterType::count:
      return {"0", "-1", "1.5", "'3'", "[3]", "inf"};
    case ParameterType::number:
      return {"0.5", "-2", "'2'", "[2]", "inf", "nan"};
    case ParameterType::rate:
      return {"0", "-1", "'2/d'", "'fast'", "['2/s']", "inf", "1e10"};
    case ParameterType::factor:
      return {"0", "-1", "101", "'2'", "[2]", "nan"};
    case ParameterType::nodes:
      return {"10",
              "-1",
              "1.5",
              "'9..3'",
              "'8..10'",
              "[]",
              "[1, 10]",
              "{ count = 0 }",
              "{ count = 11 }",
              "{ share = 0 }",
              "{ share = 2 }",
              "{ cuont = 1 }",
              "'nowhere'",
              "'initiator'"};
    case ParameterType::sides:
      return {"'*'",          "1", "[]", "[0]", "[0, 1, 2]", "[0, 10]", "['0..5', '5..9']", "['*', 1]",
              "[[0, 1], [2]]"};
    case ParameterType::choice:
      return {"'nonsense'", "''", "1", "[]", "true"};
  }
  return {};
}

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
  Lines lines = kNeeded.at(kind);
  if (key == "ramp")
    for (const std::string_view ramped : of.known.ramps) lines.erase(std::string(ramped));
  lines[key] = value;
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
    ASSERT_TRUE(kNeeded.contains(name)) << name;
    EXPECT_EQ(errors(name, kNeeded.at(name)), "") << name;
  }
}

TEST(BadInput, OfEveryParameterIsTold) {
  for (const Kind& kind : kinds())
    for (const Parameter& parameter : kind.known.declaration.parameters)
      for (const std::string& value : bad_values(parameter.type))
        expect_told(kind, std::string(parameter.name), value);
}

TEST(BadInput, OfTheKeysThatAllHaveIsTold) {
  const std::map<std::string, std::vector<std::string>> bad = {
      {"from", {"10", "[]", "'nowhere'", "{ count = 11 }"}},
      {"to", {"10", "'initiator'", "1.5", "{ share = 0 }"}},
      {"at", {"5", "'-1s'", "'1001h'", "[]", "'41s'"}},
      {"for", {"5", "'0s'", "'-1s'"}},
      {"until", {"5", "'0s'", "[]"}},
      {"every", {"5", "'0s'", "'-1s'"}},
      {"limit", {"0", "-1", "1.5", "'5'"}},
      {"ramp", {"1", "'0..1'", "[0, 1]"}},
  };
  for (const Kind& kind : kinds())
    for (const auto& [key, values] : bad)
      for (const std::string& value : values) expect_told(kind, key, value);
}

TEST(BadInput, WhatIsRampedIsNotWrittenBesides) {
  for (const Kind& kind : kinds())
    for (const std::string_view ramped : kind.known.ramps) {
      const std::string_view name = kind.known.declaration.name;
      Lines lines = kNeeded.at(name);
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
