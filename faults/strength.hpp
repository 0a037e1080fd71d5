#pragma once

#include <optional>
#include <string_view>

#include "base/time.hpp"
#include "faults/ramping.hpp"
#include "scenario/scenario.hpp"

namespace hearsay::faults {

/// A share that a rule says, or ramps.
class Strength {
 public:
  /// What `rule` has under this name; `fallback` where it says nothing.
  Strength(const scenario::Fault& rule, std::string_view parameter, double fallback = 0);

  bool constant() const { return !ramp_; }

  /// At an instant in the window of the rule.
  double at(Tick at) const;

  /// The greatest that it ever is.
  double most() const;

 private:
  double share_ = 0;
  std::optional<Ramping> ramp_;
};

}  // namespace hearsay::faults
