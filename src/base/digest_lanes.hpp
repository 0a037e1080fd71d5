#pragma once

// Hashes of columns, for a digest: four at a time where the processor has AVX2, with the same result.

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/arrival.hpp"
#include "base/digest.hpp"

namespace hearsay {

/// The hashes of two words each, (common ^ (high[i] << 32 | low[i]), b[i] << 8 | tag), i < count: the four
/// quarters of hash i go to into[0][i] (the lowest) to into[3][i].
void hash_columns(std::size_t count, std::uint64_t common, const std::uint32_t* low,
                  const std::uint32_t* high, const std::int64_t* b, std::uint8_t tag,
                  const std::array<std::uint32_t*, 4>& into);

/// Adds a hash of the receiver and the offset, counted from `base`, of each arrival. All have one key, so
/// that it takes one more step than the product of a pair to tell any set of them from any other.
void add_arrivals(Hashes& into, const Hash& key, std::uint32_t base, const Arrival* arrivals,
                  std::size_t count);

/// A column of messages, some of which are picked.
struct Picked {
  std::size_t count;
  const std::uint32_t* to;
  const std::uint32_t* sent;   ///< when, modulo 2^32
  const std::uint32_t* delay;  ///< how long it travels
  const std::uint8_t* marks;   ///< 1 for each that is picked, else 0
};

/// Adds of each that is picked the hash of an arrival, of its receiver and when it arrives.
void add_picked(Hashes& into, const Hash& key, const Picked& picked);

/// A column of pairs of words, and of keys to each of which a pair has its own. The shifts are added to all.
struct Sent {
  std::size_t count;
  std::uint32_t shift_a;
  std::uint32_t shift_b;
  const std::uint32_t* a;
  const std::uint32_t* b;
  std::array<const std::uint32_t*, 4> keys;
};

/// Adds of each the hash of two products.
void add_sent(Hashes& into, const Sent& sent);

}  // namespace hearsay
