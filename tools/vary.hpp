#pragma once

// Settings that take several values in turn.

#include <functional>
#include <string>
#include <vector>

#include "report/comparison.hpp"

namespace hearsay::tools {

/// A key of the scenario, and the values it is to have, as `--set` takes them.
struct Axis {
  std::string key;
  std::vector<std::string> values;
};

/// Reads "gossip.fanout=2,3,4" or "fault.bad wifi.probability=0..70%:10%": a list, or a range from..to:step
/// of numbers with a unit in common. Commas within brackets and quotes part no list. Throws InputError,
/// placed at `option` with the text, saying what is allowed.
Axis parse_axis(const std::string& text, const std::string& option = "--vary");

/// Whether the scenario takes this value for this key.
using Taken = std::function<bool(const report::Setting& setting)>;

/// The same for a search along the values in their order. A range needs no step, and is taken a thousandth at
/// a time; or, from a whole number to another, where the key takes no parts of one, one by one, or as many of
/// them as make 1,000.
Axis parse_places(const std::string& text, const Taken& taken);

/// The values alone, those of "0,10%,50%" or "0..70%:10%". `what` is what errors are about: option and text.
std::vector<std::string> parse_values(const std::string& text, const std::string& what);

/// All combinations of the axes' values, the last axis the fastest; one without settings for no axes. Throws
/// InputError for more than 10,000, and for axes of one key.
std::vector<std::vector<report::Setting>> grid(const std::vector<Axis>& axes);

}  // namespace hearsay::tools
