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

/// Of eight words, those at odd places, each in the low half of a lane; those at even places are there as it
/// is.
HEARSAY_AVX2 __m256i odd(__m256i words) { return _mm256_srli_epi64(words, 32); }

/// Of the product of two words, to each of which a part of the key was added, and of the two words
/// themselves.
HEARSAY_AVX2 HashLanes finish(__m256i first, __m256i words, const Hash& key) {
  const __m256i second = multiply_halves(_mm256_xor_si256(first, everywhere_64(key.high)));
  return {_mm256_add_epi64(first, second), _mm256_xor_si256(exchange_halves(second), words)};
}

HEARSAY_AVX2 HashLanes hash_arrivals(__m256i arrivals, const Hash& key, std::uint32_t base) {
  const __m256i to = _mm256_and_si256(arrivals, everywhere(kMaxNodes - 1));
  const __m256i at = _mm256_add_epi32(_mm256_srli_epi64(arrivals, Arrival::kOffsetAt), everywhere(base));
  const __m256i key_to = everywhere_64(key.low);
  const __m256i first = _mm256_mul_epu32(_mm256_add_epi32(to, key_to), _mm256_add_epi32(at, odd(key_to)));
  return finish(first, _mm256_or_si256(_mm256_slli_epi64(at, 32), to), key);
}

HEARSAY_AVX2 std::uint64_t sum(__m256i lanes) {
  std::array<std::uint64_t, kLanes> each;
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(each.data()), lanes);
  return each[0] + each[1] + each[2] + each[3];
}

/// Sums of hashes: of their low halves modulo 2^64, and of the high bits of those.
struct SumLanes {
  __m256i low;
  __m256i middle;
  __m256i high;

  HEARSAY_AVX2 void add(const HashLanes& hash) {
    low = _mm256_add_epi64(low, hash.low);
    middle = _mm256_add_epi64(middle, _mm256_srli_epi64(hash.low, 32));
    high = _mm256_add_epi64(high, hash.high);
  }

  HEARSAY_AVX2 void add(const HashLanes& hash, __m256i mask) {
    add({_mm256_and_si256(hash.low, mask), _mm256_and_si256(hash.high, mask)});
  }

  HEARSAY_AVX2 void add_to(Hashes& into) const {
    const std::uint64_t high_bits = sum(middle);
    into.low += sum(low) - (high_bits << 32);
    into.middle += high_bits;
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
HEARSAY_AVX2 std::size_t add_picked_in_lanes(Hashes& into, const Hash& key, const Picked& picked) {
  constexpr int kOdd = 0b10101010;
  const __m256i key_to = _mm256_set1_epi32(static_cast<std::int32_t>(key.low));
  const __m256i key_at = _mm256_set1_epi32(static_cast<std::int32_t>(key.low >> 32));
  SumLanes sums = {_mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256()};
  std::size_t i = 0;
  for (; i + 2 * kLanes <= picked.count; i += 2 * kLanes) {
    const __m256i to = load_lanes(picked.to + i);
    const __m256i at = _mm256_add_epi32(load_lanes(picked.sent + i), load_lanes(picked.delay + i));
    const __m256i keyed_to = _mm256_add_epi32(to, key_to);
    const __m256i keyed_at = _mm256_add_epi32(at, key_at);
    const __m256i mask = _mm256_sub_epi32(_mm256_setzero_si256(), load_eight_bytes(picked.marks + i));
    sums.add(finish(_mm256_mul_epu32(keyed_to, keyed_at),
                    _mm256_blend_epi32(to, _mm256_slli_epi64(at, 32), kOdd), key),
             _mm256_shuffle_epi32(mask, 0b10'10'00'00));
    sums.add(
        finish(_mm256_mul_epu32(odd(keyed_to), odd(keyed_at)), _mm256_blend_epi32(odd(to), at, kOdd), key),
        _mm256_shuffle_epi32(mask, 0b11'11'01'01));
  }
  sums.add_to(into);
  return i;
}

/// How many of a column's messages it added.
HEARSAY_AVX2 std::size_t add_sent_in_lanes(Hashes& into, const Sent& sent) {
  const __m256i shift_a = _mm256_set1_epi32(static_cast<std::int32_t>(sent.shift_a));
  const __m256i shift_b = _mm256_set1_epi32(static_cast<std::int32_t>(sent.shift_b));
  SumLanes sums = {_mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256()};
  std::size_t i = 0;
  for (; i + 2 * kLanes <= sent.count; i += 2 * kLanes) {
    const __m256i a = _mm256_add_epi32(load_lanes(sent.a + i), shift_a);
    const __m256i b = _mm256_add_epi32(load_lanes(sent.b + i), shift_b);
    const __m256i low_a = _mm256_add_epi32(a, load_lanes(sent.keys[0] + i));
    const __m256i low_b = _mm256_add_epi32(b, load_lanes(sent.keys[1] + i));
    const __m256i high_a = _mm256_add_epi32(a, load_lanes(sent.keys[2] + i));
    const __m256i high_b = _mm256_add_epi32(b, load_lanes(sent.keys[3] + i));
    sums.add({_mm256_mul_epu32(low_a, low_b), _mm256_mul_epu32(high_a, high_b)});
    sums.add({_mm256_mul_epu32(odd(low_a), odd(low_b)), _mm256_mul_epu32(odd(high_a), odd(high_b))});
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

std::size_t add_picked_in_lanes(Hashes&, const Hash&, const Picked&) { return 0; }

std::size_t add_sent_in_lanes(Hashes&, const Sent&) { return 0; }

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

void add_picked(Hashes& into, const Hash& key, const Picked& picked) {
  for (std::size_t i = has_avx2() ? add_picked_in_lanes(into, key, picked) : 0; i < picked.count; ++i)
    if (picked.marks[i] != 0) into.add(hash_arrival(key, picked.to[i], picked.sent[i] + picked.delay[i]));
}

void add_sent(Hashes& into, const Sent& sent) {
  for (std::size_t i = has_avx2() ? add_sent_in_lanes(into, sent) : 0; i < sent.count; ++i) {
    const std::uint32_t a = sent.a[i] + sent.shift_a;
    const std::uint32_t b = sent.b[i] + sent.shift_b;
    into.add({product(a + sent.keys[0][i], b + sent.keys[1][i]),
              product(a + sent.keys[2][i], b + sent.keys[3][i])});
  }
}

}  // namespace hearsay
