#pragma once

// Faults of which one key has a value that it cannot have, of every kind and key, for whoever reads faults.
// Values are written as TOML has them.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "faults/kinds.hpp"

namespace hearsay::testing {

/// The keys of a fault and what stands there, but for name and kind.
using Lines = std::map<std::string, std::string, std::less<>>;

/// What each kind needs.
inline const std::map<std::string_view, Lines>& needed_lines() {
  static const std::map<std::string_view, Lines> needed = {
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
  return needed;
}

/// Of parameters of a type, in clusters of ten nodes.
inline std::vector<std::string> bad_values(ParameterType type) {
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

/// Of the keys that all have, in a cluster of ten nodes and a run of 40 s.
inline const std::map<std::string, std::vector<std::string>>& bad_common_values() {
  static const std::map<std::string, std::vector<std::string>> bad = {
      {"from", {"10", "[]", "'nowhere'", "{ count = 11 }"}},
      {"to", {"10", "'initiator'", "1.5", "{ share = 0 }"}},
      {"at", {"5", "'-1s'", "'1001h'", "[]", "'41s'"}},
      {"for", {"5", "'0s'", "'-1s'"}},
      {"until", {"5", "'0s'", "[]"}},
      {"every", {"5", "'0s'", "'-1s'"}},
      {"limit", {"0", "-1", "1.5", "'5'"}},
      {"ramp", {"1", "'0..1'", "[0, 1]"}},
  };
  return bad;
}

/// A fault that is right but for `key`, which holds `value`.
inline Lines bad_lines(const faults::Kind& of, const std::string& key, const std::string& value) {
  Lines lines = needed_lines().at(of.known.declaration.name);
  if (key == "ramp")
    for (const std::string_view ramped : of.known.ramps) lines.erase(std::string(ramped));
  lines[key] = value;
  return lines;
}

/// Calls `visit(kind, key, value)` for every bad value of every parameter of every kind.
template <typename Visit>
void each_bad_parameter(const Visit& visit) {
  for (const faults::Kind& kind : faults::kinds())
    for (const Parameter& parameter : kind.known.declaration.parameters)
      for (const std::string& value : bad_values(parameter.type))
        visit(kind, std::string(parameter.name), value);
}

/// The same for the keys that all have.
template <typename Visit>
void each_bad_common(const Visit& visit) {
  for (const faults::Kind& kind : faults::kinds())
    for (const auto& [key, values] : bad_common_values())
      for (const std::string& value : values) visit(kind, key, value);
}

}  // namespace hearsay::testing
