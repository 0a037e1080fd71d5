#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <span>

namespace hearsay {

/// A word with the bit i set if byte i of `eight` is not zero.
inline std::uint64_t nonzero_bytes(std::uint64_t eight) {
  constexpr std::uint64_t kLow7 = 0x7F7F7F7F7F7F7F7F;
  const std::uint64_t tops = (((eight & kLow7) + kLow7) | eight) & ~kLow7;
  return (tops >> 7) * 0x0102040810204080 >> 56;
}

/// The sum of bytes that are all 0 or 1.
std::uint64_t sum_of_bytes(std::span<const std::uint8_t> bytes);

/// Tells `each` of the places of all bytes that are not zero, in order. Most bytes should be zero: it
/// branches once for each that is not, and once in 64, since no processor foresees where the next one is.
template <typename Each>
void for_each_nonzero(std::span<const std::uint8_t> bytes, Each each) {
  static_assert(std::endian::native == std::endian::little, "the first byte of a word is its lowest");
  constexpr std::size_t kAtOnce = 64;
  for (std::size_t begin = 0; begin < bytes.size(); begin += kAtOnce) {
    std::uint64_t eights[8] = {};
    std::memcpy(eights, bytes.data() + begin, std::min(kAtOnce, bytes.size() - begin));
    std::uint64_t places = 0;
    for (unsigned i = 0; i < 8; ++i) places |= nonzero_bytes(eights[i]) << (8 * i);
    for (; places != 0; places &= places - 1)
      each(begin + static_cast<std::size_t>(std::countr_zero(places)));
  }
}

}  // namespace hearsay
