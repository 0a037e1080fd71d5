#pragma once

// What the tests' scenarios may name: one fault kind of each shape, with a parameter of each type.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/errors.hpp"
#include "scenario/reader.hpp"

namespace hearsay::scenario {

inline const Known& known() {
  using Type = ParameterType;
  static const Known table{
      {{{"drop", "loses messages", {{"probability", Type::share, "", "chance"}}, "live"},
        true,
        true,
        true,
        {"probability"}},
       {{"delay",
         "holds messages",
         {{"share", Type::share, "100%", "of which"},
          {"delay", Type::duration_range, "", "how long"},
          {"copies", Type::count, "1", "how many"}},
         "live"},
        true,
        true,
        true,
        {"share", "delay"}},
       {{"kill",
         "stops nodes",
         {{"nodes", Type::nodes, "", "which"},
          {"restart_after", Type::duration, "never", "when they come back"},
          {"state", Type::choice, "wipe", "what they remember", {"wipe", "keep"}}},
         "live"},
        false,
        false},
       {{"split", "cuts sides", {{"between", Type::sides, "", "which"}}, "live"}, true, true, false},
       {{"strange",
         "does all else",
         {{"rate", Type::rate, "none", "how often"},
          {"number", Type::number, "none", "how many"},
          {"factor", Type::factor, "1", "how fast"}},
         "live"},
        true,
        true,
        true,
        {},
        [](const Fault& fault) {
          return exactly_one_of(fault, {"rate", "number"});
        }}},
      {{"push", "pushes", {}, "live"}},
      {"live", "sim"}};
  return table;
}

/// What is wrong with `text`, one line a problem; "" if nothing is.
inline std::string errors(std::string_view text, const std::vector<std::string>& settings = {}) {
  try {
    read_text(text, "t.toml", known(), settings);
    return "";
  } catch (const InputError& error) {
    return error.what();
  }
}

/// A scenario of ten nodes with `more`.
inline Scenario good(const std::string& more, const std::vector<std::string>& settings = {}) {
  return read_text("cluster.nodes = 10\n" + more, "t.toml", known(), settings);
}

/// What is wrong with one.
inline std::string bad(const std::string& more) { return errors("cluster.nodes = 10\n" + more); }

/// The fault "x" of these lines.
inline std::string fault_x(const std::string& lines) { return "[[fault]]\nname = 'x'\n" + lines; }

inline Fault fault_of(const std::string& lines) { return good(fault_x(lines)).faults.at(0); }

inline std::string fault_refusal(const std::string& lines) { return bad(fault_x(lines)); }

inline Selector ids(std::vector<NodeRange> ranges) { return {Selector::Kind::ids, std::move(ranges)}; }

}  // namespace hearsay::scenario
