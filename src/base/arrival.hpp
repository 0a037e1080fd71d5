#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/ids.hpp"

namespace hearsay {

/// A version that reached a node, packed in 8 bytes since a simulated world holds millions of them. Sorts by
/// time, then version, then node.
class Arrival {
 public:
  static constexpr std::uint32_t kMostOffset = (1U << 16) - 1;
  static constexpr unsigned kOffsetAt = 48;  ///< the bit where the offset begins; the receiver is lowest

  Arrival() = default;
  /// `offset` microseconds after a base that the arrivals of a span share; at most kMostOffset.
  Arrival(std::uint32_t offset, Slot slot, NodeId to)
      : bits_(std::uint64_t{offset} << kOffsetAt | std::uint64_t{slot} << kSlotAt | to) {}

  std::uint32_t offset() const { return static_cast<std::uint32_t>(bits_ >> kOffsetAt); }
  Slot slot() const { return static_cast<Slot>(bits_ >> kSlotAt & kMostSlot); }
  NodeId to() const { return static_cast<NodeId>(bits_ & (kMaxNodes - 1)); }

  friend auto operator<=>(const Arrival&, const Arrival&) = default;

  /// So many arrivals in a row are of one version.
  struct Stretch {
    std::size_t count = 0;
    std::uint32_t latest = 0;  ///< the greatest offset among them
  };

  /// All of `arrivals`, if they are of one version; else none. Faster than `stretch` where that is likely.
  static Stretch whole(std::span<const Arrival> arrivals);

  /// As many of the first of `arrivals` as are of one version.
  static Stretch stretch(std::span<const Arrival> arrivals);

  /// Sorts by time alone, in a stable way. `spare` is for the sort to use.
  static void sort(std::span<Arrival> arrivals, std::vector<Arrival>& spare);

 private:
  static constexpr unsigned kSlotAt = 28;
  static constexpr std::uint64_t kMostSlot = (1U << (kOffsetAt - kSlotAt)) - 1;

  std::uint64_t bits_ = 0;
};

}  // namespace hearsay
