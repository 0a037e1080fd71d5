#include "base/philox_lanes.hpp"

#include "base/avx2.hpp"
#include "base/random.hpp"

namespace hearsay {

#if defined(__x86_64__)

namespace {

constexpr int kRounds = 10;
constexpr std::uint32_t kMultiplier0 = 0xD2511F53;
constexpr std::uint32_t kMultiplier1 = 0xCD9E8D57;
constexpr std::uint32_t kWeyl0 = 0x9E3779B9;
constexpr std::uint32_t kWeyl1 = 0xBB67AE85;

/// Fewer counters than this are drawn faster one by one.
constexpr std::size_t kWorthIt = 4;

/// Four counters, each word in the low half of a lane of 64 bits; the high halves hold anything.
struct Four {
  __m256i word[4];
};

HEARSAY_AVX2 Four load(const std::uint32_t* a, const std::uint32_t* b, std::uint32_t c, std::uint32_t d) {
  return {{load_four(a), load_four(b), everywhere(c), everywhere(d)}};
}

struct RoundKeys {
  __m256i key0[kRounds];
  __m256i key1[kRounds];
};

HEARSAY_AVX2 RoundKeys round_keys(std::uint64_t key) {
  RoundKeys keys;
  auto key0 = static_cast<std::uint32_t>(key);
  auto key1 = static_cast<std::uint32_t>(key >> 32);
  for (int round = 0; round < kRounds; ++round, key0 += kWeyl0, key1 += kWeyl1) {
    keys.key0[round] = everywhere(key0);
    keys.key1[round] = everywhere(key1);
  }
  return keys;
}

HEARSAY_AVX2 void step(Four& four, __m256i key0, __m256i key1) {
  const __m256i product0 = _mm256_mul_epu32(four.word[0], everywhere(kMultiplier0));
  const __m256i product1 = _mm256_mul_epu32(four.word[2], everywhere(kMultiplier1));
  four.word[0] = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(product1, 32), four.word[1]), key0);
  four.word[2] = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(product0, 32), four.word[3]), key1);
  four.word[1] = product1;
  four.word[3] = product0;
}

}  // namespace

bool philox_in_lanes() { return has_avx2(); }

HEARSAY_AVX2 std::size_t philox_lanes(std::uint64_t key, std::size_t count, const std::uint32_t* a,
                                      const std::uint32_t* b, std::uint32_t c, std::uint32_t d,
                                      const std::array<std::uint32_t*, 4>& into) {
  const RoundKeys keys = round_keys(key);
  std::size_t i = 0;
  for (; i + kWorthIt <= count; i += Key::kLanes) {
    Four first = load(a + i, b + i, c, d);
    Four second = load(a + i + 4, b + i + 4, c, d);
    for (int round = 0; round < kRounds; ++round) {
      step(first, keys.key0[round], keys.key1[round]);
      step(second, keys.key0[round], keys.key1[round]);
    }
    for (std::size_t word = 0; word < 4; ++word) {
      if (into[word] == nullptr) continue;
      store_four(first.word[word], into[word] + i);
      store_four(second.word[word], into[word] + i + 4);
    }
  }
  return i < count ? i : count;
}

#else

bool philox_in_lanes() { return false; }

std::size_t philox_lanes(std::uint64_t, std::size_t, const std::uint32_t*, const std::uint32_t*,
                         std::uint32_t, std::uint32_t, const std::array<std::uint32_t*, 4>&) {
  return 0;
}

#endif

}  // namespace hearsay
