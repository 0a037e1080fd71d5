#include "faults/strength.hpp"

#include <cmath>

namespace hearsay::faults {
namespace {

/// So many of the 2^32 words.
double share_of(std::int64_t words) { return std::ldexp(static_cast<double>(words), -32); }

}  // namespace

Strength::Strength(const scenario::Fault& rule, std::string_view parameter, double fallback) {
  if (rule.ramps(parameter))
    ramp_ = Ramping::of_share(rule);
  else
    share_ = rule.has(parameter) ? rule.get<double>(parameter) : fallback;
}

double Strength::at(Tick at) const { return ramp_ ? share_of(ramp_->at(at)) : share_; }

double Strength::most() const { return ramp_ ? share_of(ramp_->most()) : share_; }

}  // namespace hearsay::faults
