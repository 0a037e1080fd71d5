#include "base/digest_lanes.hpp"

#include "base/avx2.hpp"

namespace hearsay {
namespace {

#if defined(__x86_64__)

constexpr std::size_t kLanes = 4;

HEARSAY_AVX2 __m256i multiply_halves(__m256i lanes) {
  return _mm256_mul_epu32(lanes, _mm256_srli_epi64(lanes, 32));
}

HEARSAY_AVX2 __m256i exchange_halves(__m256i lanes) { return _mm256_shuffle_epi32(lanes, 0b10'11'00'01); }

/// Four hashes.
struct HashLanes {
  __m256i low;
  __m256i high;
};

HEARSAY_AVX2 HashLanes hash_lanes(__m256i a, __m256i b) {
  const __m256i first = multiply_halves(_mm256_xor_si256(a, everywhere_64(HashSecrets::kA)));
  const __m256i keyed_b = _mm256_add_epi64(b, everywhere_64(HashSecrets::kB));
  const __m256i both = _mm256_xor_si256(_mm256_xor_si256(first, exchange_halves(a)), keyed_b);
  const __m256i low = _mm256_add_epi64(multiply_halves(both), exchange_halves(both));
  const __m256i last = multiply_halves(_mm256_xor_si256(low, everywhere_64(HashSecrets::kC)));
  return {low, _mm256_add_epi64(last, first)};
}

/// How many of the columns' entries it hashed.
HEARSAY_AVX2 std::size_t hash_in_lanes(std::size_t count, std::uint64_t common, const std::uint32_t* low,
                                       const std::uint32_t* high, const std::int64_t* b, std::uint8_t tag,
                                       const std::array<std::uint32_t*, 4>& into) {
  std::size_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    const __m256i word = _mm256_or_si256(load_four(low + i), _mm256_slli_epi64(load_four(high + i), 32));
    const __m256i tagged = _mm256_or_si256(_mm256_slli_epi64(load_lanes(b + i), 8), everywhere(tag));
    const HashLanes hash = hash_lanes(_mm256_xor_si256(word, everywhere_64(common)), tagged);
    store_four(hash.low, into[0] + i);
    store_four(_mm256_srli_epi64(hash.low, 32), into[1] + i);
    store_four(hash.high, into[2] + i);
    store_four(_mm256_srli_epi64(hash.high, 32), into[3] + i);
  }
  return i;
}

/// Of receivers and times, each in the low half of a lane; the high halves are 0.
HEARSAY_AVX2 HashLanes hash_pairs(__m256i a, __m256i b, const Hash& key) {
  const __m256i key_a = everywhere_64(key.low);
  const __m256i first =
      _mm256_mul_epu32(_mm256_add_epi32(a, key_a), _mm256_add_epi32(b, _mm256_srli_epi64(key_a, 32)));
  const __m256i second = multiply_halves(_mm256_xor_si256(first, everywhere_64(key.high)));
  const __m256i word = _mm256_or_si256(_mm256_slli_epi64(b, 32), a);
  return {_mm256_add_epi64(first, second), _mm256_xor_si256(exchange_halves(second), word)};
}

HEARSAY_AVX2 HashLanes hash_arrivals(__m256i arrivals, const Hash& key, std::uint32_t base) {
  const __m256i to = _mm256_and_si256(arrivals, everywhere(kMaxNodes - 1));
  const __m256i at = _mm256_add_epi32(_mm256_srli_epi64(arrivals, Arrival::kOffsetAt), everywhere(base));
  return hash_pairs(to, at, key);
}

HEARSAY_AVX2 std::uint64_t sum(__m256i lanes) {
  std::array<std::uint64_t, kLanes> each;
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(each.data()), lanes);
  return each[0] + each[1] + each[2] + each[3];
}

/// Sums of hashes.
struct SumLanes {
  __m256i low;
  __m256i middle;
  __m256i high;

  HEARSAY_AVX2 void add(const HashLanes& hash) {
    low = _mm256_add_epi64(low, _mm256_and_si256(hash.low, everywhere(0xFFFFFFFF)));
    middle = _mm256_add_epi64(middle, _mm256_srli_epi64(hash.low, 32));
    high = _mm256_add_epi64(high, hash.high);
  }

  HEARSAY_AVX2 void add_to(Hashes& into) const {
    into.low += sum(low);
    into.middle += sum(middle);
    into.high += sum(high);
  }
};

/// How many of the arrivals it added.
HEARSAY_AVX2 std::size_t add_in_lanes(Hashes& into, const Hash& key, std::uint32_t base,
                                      const Arrival* arrivals, std::size_t count) {
  SumLanes sums = {_mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256()};
  std::size_t i = 0;
  for (; i + kLanes <= count; i += kLanes) sums.add(hash_arrivals(load_lanes(arrivals + i), key, base));
  sums.add_to(into);
  return i;
}

/// How many of a column's messages it added.
HEARSAY_AVX2 std::size_t add_picked_in_lanes(Hashes& into, const Hash& key, std::size_t count,
                                             const std::uint32_t* to, const std::int64_t* at,
                                             const std::uint32_t* delay, const std::uint8_t* picked) {
  SumLanes sums = {_mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256()};
  std::size_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    const __m256i due = _mm256_add_epi64(load_lanes(at + i), load_four(delay + i));
    const HashLanes hash = hash_pairs(load_four(to + i), _mm256_and_si256(due, everywhere(0xFFFFFFFF)), key);
    const __m256i mask = _mm256_sub_epi64(_mm256_setzero_si256(), load_four_bytes(picked + i));
    sums.add({_mm256_and_si256(hash.low, mask), _mm256_and_si256(hash.high, mask)});
  }
  sums.add_to(into);
  return i;
}

#else

std::size_t hash_in_lanes(std::size_t, std::uint64_t, const std::uint32_t*, const std::uint32_t*,
                          const std::int64_t*, std::uint8_t, const std::array<std::uint32_t*, 4>&) {
  return 0;
}

std::size_t add_in_lanes(Hashes&, const Hash&, std::uint32_t, const Arrival*, std::size_t) { return 0; }

std::size_t add_picked_in_lanes(Hashes&, const Hash&, std::size_t, const std::uint32_t*, const std::int64_t*,
                                const std::uint32_t*, const std::uint8_t*) {
  return 0;
}

#endif

Hash hash_arrival(const Hash& key, std::uint32_t a, std::uint32_t b) {
  const std::uint64_t first =
      product(a + static_cast<std::uint32_t>(key.low), b + static_cast<std::uint32_t>(key.low >> 32));
  const std::uint64_t second = halves_multiplied(first ^ key.high);
  return {first + second, halves_exchanged(second) ^ (std::uint64_t{b} << 32 | a)};
}

}  // namespace

void hash_columns(std::size_t count, std::uint64_t common, const std::uint32_t* low,
                  const std::uint32_t* high, const std::int64_t* b, std::uint8_t tag,
                  const std::array<std::uint32_t*, 4>& into) {
  std::size_t i = has_avx2() ? hash_in_lanes(count, common, low, high, b, tag, into) : 0;
  for (; i < count; ++i) {
    const std::uint64_t word = std::uint64_t{high[i]} << 32 | low[i];
    const Hash hash = hash_of(common ^ word, static_cast<std::uint64_t>(b[i]) << 8 | tag);
    into[0][i] = static_cast<std::uint32_t>(hash.low);
    into[1][i] = static_cast<std::uint32_t>(hash.low >> 32);
    into[2][i] = static_cast<std::uint32_t>(hash.high);
    into[3][i] = static_cast<std::uint32_t>(hash.high >> 32);
  }
}

void add_arrivals(Hashes& into, const Hash& key, std::uint32_t base, const Arrival* arrivals,
                  std::size_t count) {
  std::size_t i = has_avx2() ? add_in_lanes(into, key, base, arrivals, count) : 0;
  for (; i < count; ++i) into.add(hash_arrival(key, arrivals[i].to(), arrivals[i].offset() + base));
}

void add_picked(Hashes& into, const Hash& key, std::size_t count, const std::uint32_t* to,
                const std::int64_t* at, const std::uint32_t* delay, const std::uint8_t* picked) {
  std::size_t i = has_avx2() ? add_picked_in_lanes(into, key, count, to, at, delay, picked) : 0;
  for (; i < count; ++i)
    if (picked[i] != 0) into.add(hash_arrival(key, to[i], static_cast<std::uint32_t>(at[i] + delay[i])));
}

}  // namespace hearsay
