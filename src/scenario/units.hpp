#pragma once

// How durations, shares and rates are written. Shared by the scenario reader, the grammar of expectations and
// the command line.

#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace hearsay::scenario {

/// "250us", "1.5s", "2m": a decimal number and a unit of us, ms, s, m, h; a whole number of microseconds
/// from 0 to kLongest. Nothing for any other text.
std::optional<Duration> parse_duration(std::string_view text);

/// "30%", "0.3": from 0 to 1. Nothing for any other text.
std::optional<double> parse_share(std::string_view text);

/// "2/s", "30/m", "5/h": a decimal number per second, minute or hour, as one per second. Nothing for any
/// other text.
std::optional<double> parse_rate(std::string_view text);

/// The exact text in the largest fitting unit, minutes and hours only whole: "1.5s", "250us", "90s", "2m",
/// "0s". `span` is not negative.
std::string format_duration(Duration span);

/// "30%", "0.1%": at most six significant digits.
std::string format_share(double share);

}  // namespace hearsay::scenario
