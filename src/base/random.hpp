#pragma once

// Keyed randomness: every draw is a pure function of a key (seed, purpose, ...) and a counter (an identity),
// so that neither time nor order of execution can change it.
// Generator: Philox4x32-10, J. K. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011.

#include <array>
#include <cstdint>
#include <string_view>

namespace hearsay {

/// Four draws, each uniform over all 32-bit words.
using Block = std::array<std::uint32_t, 4>;

/// A key under which things are drawn. A value type; threads may share it.
class Key {
 public:
  /// The key of one purpose ("targets", the name of a fault) in the run of `seed`.
  Key(std::uint64_t seed, std::string_view purpose);

  /// The key of a part of this purpose: a version, an attempt, an opening.
  Key with(std::uint64_t part) const;

  /// The four draws of the identity (a, b, c, d).
  Block block(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) const;

 private:
  explicit Key(std::uint64_t value) : value_(value) {}

  std::uint64_t value_;
};

/// A chance as a threshold: a draw below it hits. Exact at 0 and 1, else rounded to a multiple of 2^-32.
class Chance {
 public:
  explicit Chance(double probability);

  bool hits(std::uint32_t draw) const { return draw < threshold_; }

 private:
  std::uint64_t threshold_;
};

/// `draw` mapped to 0..range-1 without bias, or kDrawAgain (for at most `range` draws in 2^32).
/// Source: D. Lemire, "Fast random integer generation in an interval", ACM TOMACS 29 (2019).
inline constexpr std::uint32_t kDrawAgain = 0xFFFFFFFF;
std::uint32_t uniform_below(std::uint32_t range, std::uint32_t draw);

/// `draw` mapped to 0..range-1, range <= 2^32; each value's chance is off by less than 2^-32. For spans of
/// time, where that is far below what can be seen.
constexpr std::uint64_t scaled(std::uint64_t range, std::uint32_t draw) { return (range * draw) >> 32; }

}  // namespace hearsay
