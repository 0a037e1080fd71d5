#pragma once

// How protocols and fault kinds declare what may be set: one declaration serves the reader's validation, its
// error texts and `hearsay list`.

#include <string_view>
#include <vector>

namespace hearsay {

/// What a parameter may hold, and so how it is written in TOML.
enum class ParameterType {
  share,           ///< "30%" or 0.3, within 0..1
  duration,        ///< "100ms"; units us ms s m h
  duration_range,  ///< "100ms", "10ms..50ms" or { distribution = "normal", mean = "20ms", jitter = "5ms" }
  count,           ///< a whole number from 1
  nodes,           ///< a selector of nodes
  choice,          ///< one of `choices`
};

struct Parameter {
  std::string_view name;
  ParameterType type;
  std::string_view fallback;  ///< the default as one would write it; empty: required
  std::string_view meaning;   ///< one line for `hearsay list`
  std::vector<std::string_view> choices = {};
};

/// A protocol or a fault kind, as `hearsay list` shows it.
struct Declaration {
  std::string_view name;
  std::string_view summary;
  std::vector<Parameter> parameters;
  std::string_view worlds;  ///< where it works: "sim, live"
};

}  // namespace hearsay
