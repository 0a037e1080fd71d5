#include "measure/lag_meter.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace hearsay::measure {

void LagMeter::add(Duration late) {
  late = std::max<Duration>(late, 0);
  ++counts_[bucket(static_cast<std::uint64_t>(late))];
  ++total_;
  max_ = std::max(max_, late);
}

Lag LagMeter::lag() const { return {quantile(0.5), quantile(0.99), max_}; }

// Values below 2^(kSubBits + 1) have a bucket each; every further power of two is divided in 2^kSubBits.
std::size_t LagMeter::bucket(std::uint64_t late) {
  const auto width = static_cast<unsigned>(std::bit_width(late));
  const unsigned shift = width > kSubBits + 1 ? width - kSubBits - 1 : 0;
  return (std::size_t{shift} << kSubBits) + static_cast<std::size_t>(late >> shift);
}

Duration LagMeter::upper_end(std::size_t bucket) {
  const std::size_t sub = std::size_t{1} << kSubBits;
  const std::size_t shift = bucket < 2 * sub ? 0 : (bucket >> kSubBits) - 1;
  return static_cast<Duration>(((bucket - (shift << kSubBits) + 1) << shift) - 1);
}

Duration LagMeter::quantile(double share) const {
  const auto rank = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(total_)));
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < kBuckets; ++i) {
    seen += counts_[i];
    if (seen >= rank && seen > 0) return std::min(upper_end(i), max_);
  }
  return 0;
}

}  // namespace hearsay::measure
