#include "faults/ramping.hpp"

#include <cmath>

namespace hearsay::faults {
namespace {

/// `steps` * part / whole, rounded to nearest; part <= whole. The product may need 84 bits.
std::int64_t portion(std::int64_t steps, Duration part, Duration whole) {
  __extension__ using Wide = unsigned __int128;
  const auto of = static_cast<Wide>(whole);
  return static_cast<std::int64_t>((2 * static_cast<Wide>(steps) * static_cast<Wide>(part) + of) / (2 * of));
}

}  // namespace

Ramping Ramping::of_share(const scenario::Fault& rule) {
  constexpr int kBits = 32;
  const scenario::Ramp& ramp = rule.ramp.value();
  const auto words = [](double share) { return std::int64_t{std::llround(std::ldexp(share, kBits))}; };
  return {rule.window, words(ramp.from), words(ramp.to), ramp.over};
}

Ramping Ramping::of_duration(const scenario::Fault& rule) {
  const scenario::Ramp& ramp = rule.ramp.value();
  return {rule.window, std::llround(ramp.from), std::llround(ramp.to), ramp.over};
}

std::int64_t Ramping::at(Tick now) const {
  const Duration since = now - window_.begin(window_.opening(now).value_or(0));
  if (since <= 0) return from_;
  if (since >= over_) return to_;
  return from_ < to_ ? from_ + portion(to_ - from_, since, over_)
                     : from_ - portion(from_ - to_, since, over_);
}

}  // namespace hearsay::faults
