#pragma once

// Time is an integer count of microseconds, everywhere: no rounding, no units to mix up.

#include <cstdint>
#include <limits>

namespace hearsay {

/// An instant: microseconds since the run's time 0, when all nodes are ready.
using Tick = std::int64_t;

/// A span of time in microseconds.
using Duration = std::int64_t;

inline constexpr Tick kNever = std::numeric_limits<Tick>::max();
inline constexpr Tick kEver = std::numeric_limits<Tick>::min();  ///< before all instants

inline constexpr Duration kMicrosecond = 1;
inline constexpr Duration kMillisecond = 1'000;
inline constexpr Duration kSecond = 1'000'000;
inline constexpr Duration kMinute = 60 * kSecond;
inline constexpr Duration kHour = 60 * kMinute;

/// The longest span a scenario may name, so that sums of times cannot overflow.
inline constexpr Duration kLongest = 1'000 * kHour;

/// Microseconds as milliseconds, for people and for the JSON.
constexpr double milliseconds(Duration span) { return static_cast<double>(span) / kMillisecond; }

}  // namespace hearsay
