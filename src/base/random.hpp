#pragma once

// Keyed randomness: every draw is a pure function of a key (seed, purpose, ...) and a counter (an identity),
// so that neither time nor order of execution can change it.
// Generator: Philox4x32-10, J. K. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011.

#include <array>
#include <cstddef>
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

  /// The key of a part of this purpose: a version, an attempt, an opening; or one that has a name.
  Key with(std::uint64_t part) const;
  Key with(std::string_view part) const { return Key(value_, part); }

  /// The four draws of the identity (a, b, c, d).
  Block block(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) const;

  /// The same for a column of identities (a[i], b[i], c, d), i < count: word w of draw i goes to into[w][i],
  /// unless that is null. All columns must have room for `count` rounded up to kLanes entries.
  void blocks(std::size_t count, const std::uint32_t* a, const std::uint32_t* b, std::uint32_t c,
              std::uint32_t d, const std::array<std::uint32_t*, 4>& into) const;
  static constexpr std::uint32_t kLanes = 8;

 private:
  explicit Key(std::uint64_t value) : value_(value) {}

  std::uint64_t value_;
};

/// A chance as a threshold: low draws hit. Exact at 0 and 1, else rounded to a multiple of 2^-32.
class Chance {
 public:
  explicit Chance(double probability);

  bool never() const { return never_; }
  bool hits(std::uint32_t draw) const { return !never_ && draw <= last_; }

  /// The greatest draw that hits, unless it is `never`.
  std::uint32_t last() const { return last_; }

 private:
  std::uint32_t last_;
  bool never_;
};

/// `draw` mapped to 0..range-1 without bias, or kDrawAgain (for at most `range` draws in 2^32).
/// Source: D. Lemire, "Fast random integer generation in an interval", ACM TOMACS 29 (2019).
inline constexpr std::uint32_t kDrawAgain = 0xFFFFFFFF;
class UniformBelow {
 public:
  explicit UniformBelow(std::uint32_t range) : range_(range), biased_(-range % range) {}

  std::uint32_t operator()(std::uint32_t draw) const {
    const std::uint64_t product = std::uint64_t{range_} * draw;
    return static_cast<std::uint32_t>(product) < biased_ ? kDrawAgain
                                                         : static_cast<std::uint32_t>(product >> 32);
  }

  /// The same for a column of draws; `again` gets marks, not 0, added where one must be drawn again.
  void map(std::size_t count, const std::uint32_t* drawn, std::uint32_t* mapped, std::uint32_t* again) const;

 private:
  std::uint32_t range_;
  std::uint32_t biased_;  // so many of the least remainders are one draw too many
};

/// `draw` mapped to 0..range-1, range <= 2^32; each value's chance is off by less than 2^-32. For spans of
/// time, where that is far below what can be seen.
constexpr std::uint64_t scaled(std::uint64_t range, std::uint32_t draw) { return (range * draw) >> 32; }

}  // namespace hearsay
