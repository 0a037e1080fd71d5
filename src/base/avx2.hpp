#pragma once

// What the loops that are written for AVX2 by hand have in common: those that compilers do not vectorise well
// by themselves. Only where has_avx2().

#if defined(__x86_64__)

#include <immintrin.h>

#include <cstdint>

/// Before a function that uses AVX2.
#define HEARSAY_AVX2 __attribute__((target("avx2")))

namespace hearsay {

/// Whether this processor can.
inline bool has_avx2() {
  static const bool can = __builtin_cpu_supports("avx2") != 0;
  return can;
}

/// One word in the low half of each lane of 64 bits.
HEARSAY_AVX2 inline __m256i everywhere(std::uint32_t word) { return _mm256_set1_epi64x(word); }

HEARSAY_AVX2 inline __m256i everywhere_64(std::uint64_t word) {
  return _mm256_set1_epi64x(static_cast<std::int64_t>(word));
}

/// Four words, each in the low half of a lane.
HEARSAY_AVX2 inline __m256i load_four(const std::uint32_t* words) {
  return _mm256_cvtepu32_epi64(_mm_loadu_si128(reinterpret_cast<const __m128i*>(words)));
}

/// Eight bytes as words.
HEARSAY_AVX2 inline __m256i load_eight_bytes(const std::uint8_t* bytes) {
  return _mm256_cvtepu8_epi32(_mm_loadu_si64(bytes));
}

HEARSAY_AVX2 inline __m256i load_lanes(const void* lanes) {
  return _mm256_loadu_si256(static_cast<const __m256i*>(lanes));
}

/// The low halves of the lanes.
HEARSAY_AVX2 inline void store_four(__m256i lanes, std::uint32_t* into) {
  const __m256i low_halves = _mm256_setr_epi32(0, 2, 4, 6, 0, 2, 4, 6);
  const __m256i packed = _mm256_permutevar8x32_epi32(lanes, low_halves);
  _mm_storeu_si128(reinterpret_cast<__m128i*>(into), _mm256_castsi256_si128(packed));
}

}  // namespace hearsay

#else

#define HEARSAY_AVX2

namespace hearsay {

inline bool has_avx2() { return false; }

}  // namespace hearsay

#endif
