#pragma once

#include <cstdint>

#include "base/time.hpp"
#include "faults/window.hpp"
#include "scenario/scenario.hpp"

namespace hearsay::faults {

/// What the ramp of a rule comes to at each instant: a whole number that goes in a straight line, rounded to
/// nearest, from one to another and stays there; anew in each opening of the rule's window. The same on every
/// machine. A value type.
class Ramping {
 public:
  /// The ramp of `rule`, of a share: so many of the 2^32 words that can be drawn hit.
  static Ramping of_share(const scenario::Fault& rule);

  /// Of a duration, in microseconds.
  static Ramping of_duration(const scenario::Fault& rule);

  /// Both from 0 to kLongest; `over` above 0.
  Ramping(const scenario::Window& window, std::int64_t from, std::int64_t to, Duration over)
      : window_(window), from_(from), to_(to), over_(over) {}

  /// At an instant within an opening.
  std::int64_t at(Tick now) const;

  /// The greatest that it ever is.
  std::int64_t most() const { return from_ < to_ ? to_ : from_; }

 private:
  Window window_;
  std::int64_t from_;
  std::int64_t to_;
  Duration over_;
};

}  // namespace hearsay::faults
