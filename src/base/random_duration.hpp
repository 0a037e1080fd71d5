#pragma once

// Spans of time that are drawn: how long a message travels, how long a fault holds it back.

#include <array>
#include <cstdint>
#include <memory>
#include <span>

#include "base/time.hpp"

namespace hearsay {

/// How a span of time is distributed. Plain data, as a user writes it. m is the mean, s the jitter:
///
///   uniform      all of low..high equally likely, both ends included; a constant if they are equal
///   normal       mean m, standard deviation s
///   lognormal    e^x, x normal with variance v = ln(1 + s²/m²) and mean ln m - v/2
///   exponential  mean m; its standard deviation is m
///   pareto       type I: scale m (a - 1)/a, shape a = 1 + sqrt(1 + m²/s²), so that a > 2
///
/// Source: N. L. Johnson, S. Kotz, N. Balakrishnan, "Continuous Univariate Distributions", 2nd ed., 1994.
struct DurationModel {
  enum class Shape { uniform, normal, lognormal, exponential, pareto };

  Shape shape = Shape::uniform;
  Duration low = 0;     ///< of uniform the range; of the others, values below are raised to it
  Duration high = 0;    ///< and those above lowered; kNever: no bound
  Duration mean = 0;    ///< of the distribution before its bounds; 0 < mean <= 1h; not of uniform
  Duration jitter = 0;  ///< its standard deviation; 0 < jitter <= 1h; not of uniform and exponential

  friend bool operator==(const DurationModel&, const DurationModel&) = default;
};

/// A DurationModel made ready: durations as a function of drawn words, the same on every machine. A word u is
/// read as the probability (u + 1/2) / 2^32, and its duration is the quantile, in whole microseconds, rounded
/// to nearest: computed from the word for uniform ones, else interpolated in a table with equally many cells
/// for every halving of the tail probability, so that both tails are as right as the middle.
///
/// A value type; copies share the table. Threads may share it.
class RandomDuration {
 public:
  /// Allocates the table; nothing else does.
  explicit RandomDuration(const DurationModel& model);

  /// The least and the greatest duration that any word gives. More than two hours is given as two hours.
  Duration least() const { return least_; }
  Duration most() const { return most_; }

  /// Whether all words give the same duration, so that none needs to be drawn.
  bool constant() const { return least_ == most_; }

  /// Adds to each of `onto` the duration of its word, in microseconds. The columns are of one length, unless
  /// it is constant: then `drawn` is not looked at. Sums must fit 32 bits: most() at most one hour.
  void add(std::span<const std::uint32_t> drawn, std::span<std::uint32_t> onto) const;

  /// The same to those only that are marked: a 1 for each that is, a 0 for each that is not.
  void add(std::span<const std::uint32_t> drawn, std::span<const std::uint8_t> marked,
           std::span<std::uint32_t> onto) const;

  /// The duration of one word.
  Duration of(std::uint32_t drawn) const;

  /// The ends of the 2^kCellBits cells of each of 32 octaves of the tail probability, the rarest first: those
  /// of the lower half, then those of the upper. 15 of 16 draws look into an eighth of it, 4 KiB.
  static constexpr unsigned kCellBits = 6;
  static constexpr std::size_t kEndsOfHalf = (std::size_t{32} << kCellBits) + 1;
  using Table = std::array<std::int64_t, 2 * kEndsOfHalf>;

 private:
  bool uniform() const { return table_ == nullptr && !constant(); }
  std::uint32_t lowest() const { return static_cast<std::uint32_t>(least_); }
  std::uint32_t values() const { return static_cast<std::uint32_t>(most_ - least_ + 1); }
  template <typename Wanted>
  void add_where(Wanted wanted, std::span<const std::uint32_t> drawn, std::span<std::uint32_t> onto) const;

  Duration least_;
  Duration most_;
  std::shared_ptr<const Table> table_;  // of uniform ones, none
};

}  // namespace hearsay
