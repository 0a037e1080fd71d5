#pragma once

#include <optional>
#include <string_view>

#include "base/random_duration.hpp"
#include "faults/ramping.hpp"
#include "scenario/scenario.hpp"

namespace hearsay::faults {

/// A time that a fault takes: drawn, or that of a ramp.
class Span {
 public:
  /// The duration range `parameter` of a rule, which has it or ramps it.
  Span(const scenario::Fault& rule, std::string_view parameter);

  /// Whether it is nothing, always.
  bool zero() const { return ramping_ ? ramping_->most() == 0 : drawn_.most() == 0; }

  /// That of a drawn word, at an instant within an opening.
  Duration of(std::uint32_t drawn, Tick now) const { return ramping_ ? ramping_->at(now) : drawn_.of(drawn); }

 private:
  std::optional<Ramping> ramping_;
  RandomDuration drawn_;
};

}  // namespace hearsay::faults
