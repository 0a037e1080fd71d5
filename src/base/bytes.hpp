#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace hearsay {

/// A word with the bit i set if byte i of `eight` is not zero.
inline std::uint64_t nonzero_bytes(std::uint64_t eight) {
  constexpr std::uint64_t kLow7 = 0x7F7F7F7F7F7F7F7F;
  const std::uint64_t tops = (((eight & kLow7) + kLow7) | eight) & ~kLow7;
  return (tops >> 7) * 0x0102040810204080 >> 56;
}

/// The sum of bytes that are all 0 or 1.
std::uint64_t sum_of_bytes(std::span<const std::uint8_t> bytes);

/// The same of 64 bytes.
inline std::uint64_t nonzero_of_64(const std::uint8_t* bytes) {
  std::uint64_t places = 0;
#if defined(__SSE2__)
  for (unsigned i = 0; i < 64; i += 16) {
    const __m128i some = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + i));
    const int zeros = _mm_movemask_epi8(_mm_cmpeq_epi8(some, _mm_setzero_si128()));
    places |= std::uint64_t{static_cast<std::uint16_t>(~zeros)} << i;
  }
#else
  for (unsigned i = 0; i < 64; i += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, bytes + i, sizeof eight);
    places |= nonzero_bytes(eight) << i;
  }
#endif
  return places;
}

/// Tells `each` of the places of all bytes that are not zero, in order. Most bytes should be zero: it
/// branches once for each that is not, and once in 64, since no processor foresees where the next one is.
template <typename Each>
void for_each_nonzero(std::span<const std::uint8_t> bytes, Each each) {
  static_assert(std::endian::native == std::endian::little, "the first byte of a word is its lowest");
  constexpr std::size_t kAtOnce = 64;
  std::array<std::uint8_t, kAtOnce> last = {};
  for (std::size_t begin = 0; begin < bytes.size(); begin += kAtOnce) {
    const std::uint8_t* next = bytes.data() + begin;
    if (bytes.size() - begin < kAtOnce) {
      std::memcpy(last.data(), next, bytes.size() - begin);
      next = last.data();
    }
    for (std::uint64_t places = nonzero_of_64(next); places != 0; places &= places - 1)
      each(begin + static_cast<std::size_t>(std::countr_zero(places)));
  }
}

}  // namespace hearsay
