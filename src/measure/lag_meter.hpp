#pragma once

#include <array>
#include <cstdint>

#include "base/time.hpp"
#include "measure/outcome.hpp"

namespace hearsay::measure {

/// How late a machine is: a histogram in constant memory. Quantiles are exact below 128 us and above that at
/// most 1.6 % too high, never too low; the maximum is exact.
class LagMeter {
 public:
  /// Something happened `late` after it was due; negative counts as 0.
  void add(Duration late);

  Lag lag() const;

 private:
  static constexpr unsigned kSubBits = 6;
  static constexpr std::size_t kBuckets = (64 - kSubBits) << kSubBits;

  static std::size_t bucket(std::uint64_t late);
  static Duration upper_end(std::size_t bucket);
  Duration quantile(double share) const;

  std::array<std::uint64_t, kBuckets> counts_ = {};
  std::uint64_t total_ = 0;
  Duration max_ = 0;
};

}  // namespace hearsay::measure
