#include "base/uniform_lanes.hpp"

#include "base/avx2.hpp"
#include "base/random.hpp"

namespace hearsay {

#if defined(__x86_64__)

namespace {

constexpr std::size_t kWide = 8;

/// Of a range and eight words, the halves of the products.
struct Products {
  __m256i high;
  __m256i low;
};

HEARSAY_AVX2 Products products(__m256i range, __m256i words) {
  constexpr int kOdd = 0b10101010;
  const __m256i even = _mm256_mul_epu32(words, range);
  const __m256i odd = _mm256_mul_epu32(_mm256_srli_epi64(words, 32), range);
  return {_mm256_blend_epi32(_mm256_srli_epi64(even, 32), odd, kOdd),
          _mm256_blend_epi32(even, _mm256_slli_epi64(odd, 32), kOdd)};
}

HEARSAY_AVX2 void store_lanes(__m256i lanes, std::uint32_t* into) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(into), lanes);
}

HEARSAY_AVX2 std::size_t map_wide(std::uint32_t range, std::uint32_t biased, std::size_t count,
                                  const std::uint32_t* drawn, std::uint32_t* mapped, std::uint32_t* again) {
  const __m256i ranges = everywhere(range);
  const __m256i fair = _mm256_set1_epi32(static_cast<std::int32_t>(biased));
  std::size_t i = 0;
  for (; i + kWide <= count; i += kWide) {
    const Products its = products(ranges, load_lanes(drawn + i));
    const __m256i taken = _mm256_cmpeq_epi32(_mm256_max_epu32(its.low, fair), its.low);
    const __m256i refused = _mm256_xor_si256(taken, _mm256_set1_epi32(-1));
    store_lanes(_mm256_or_si256(its.high, refused), mapped + i);
    store_lanes(_mm256_or_si256(load_lanes(again + i), refused), again + i);
  }
  return i;
}

HEARSAY_AVX2 std::size_t add_scaled_wide(std::uint32_t range, std::uint32_t least, std::size_t count,
                                         const std::uint32_t* drawn, std::uint32_t* onto) {
  const __m256i ranges = everywhere(range);
  const __m256i leasts = _mm256_set1_epi32(static_cast<std::int32_t>(least));
  std::size_t i = 0;
  for (; i + kWide <= count; i += kWide) {
    const __m256i scaled = products(ranges, load_lanes(drawn + i)).high;
    store_lanes(_mm256_add_epi32(load_lanes(onto + i), _mm256_add_epi32(scaled, leasts)), onto + i);
  }
  return i;
}

HEARSAY_AVX2 std::size_t add_marked_wide(std::uint32_t range, std::uint32_t least, std::size_t count,
                                         const std::uint32_t* drawn, const std::uint8_t* marked,
                                         std::uint32_t* onto) {
  const __m256i ranges = everywhere(range);
  const __m256i leasts = _mm256_set1_epi32(static_cast<std::int32_t>(least));
  std::size_t i = 0;
  for (; i + kWide <= count; i += kWide) {
    const __m256i added = _mm256_add_epi32(products(ranges, load_lanes(drawn + i)).high, leasts);
    const __m256i mask = _mm256_sub_epi32(_mm256_setzero_si256(), load_eight_bytes(marked + i));
    store_lanes(_mm256_add_epi32(load_lanes(onto + i), _mm256_and_si256(added, mask)), onto + i);
  }
  return i;
}

}  // namespace

std::size_t map_lanes(std::uint32_t range, std::uint32_t biased, std::size_t count,
                      const std::uint32_t* drawn, std::uint32_t* mapped, std::uint32_t* again) {
  return has_avx2() ? map_wide(range, biased, count, drawn, mapped, again) : 0;
}

std::size_t add_scaled_lanes(std::uint32_t range, std::uint32_t least, std::size_t count,
                             const std::uint32_t* drawn, std::uint32_t* onto) {
  return has_avx2() ? add_scaled_wide(range, least, count, drawn, onto) : 0;
}

std::size_t add_marked_lanes(std::uint32_t range, std::uint32_t least, std::size_t count,
                             const std::uint32_t* drawn, const std::uint8_t* marked, std::uint32_t* onto) {
  return has_avx2() ? add_marked_wide(range, least, count, drawn, marked, onto) : 0;
}

#else

std::size_t map_lanes(std::uint32_t, std::uint32_t, std::size_t, const std::uint32_t*, std::uint32_t*,
                      std::uint32_t*) {
  return 0;
}

std::size_t add_scaled_lanes(std::uint32_t, std::uint32_t, std::size_t, const std::uint32_t*,
                             std::uint32_t*) {
  return 0;
}

std::size_t add_marked_lanes(std::uint32_t, std::uint32_t, std::size_t, const std::uint32_t*,
                             const std::uint8_t*, std::uint32_t*) {
  return 0;
}

#endif

}  // namespace hearsay
