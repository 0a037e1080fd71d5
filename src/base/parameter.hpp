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
  number,          ///< a number from 1, which may have a fraction
  rate,            ///< "2/s", "30/m", "5/h", or a number per second
  factor,          ///< a number from 0.01 to 100
  nodes,           ///< a selector of nodes
  sides,           ///< two selectors, or several pairs of them
  choice,          ///< one of `choices`
};

struct Parameter {
  std::string_view name;
  ParameterType type;

  /// The default as one would write it; empty: required. "never" and "none" stand for none: the parameter is
  /// absent unless it is written.
  std::string_view fallback;
  std::string_view meaning;  ///< one line for `hearsay list`
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
