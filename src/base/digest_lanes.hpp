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

/// The same of those messages of a column that are picked, which has a 1 for each: of the receiver, and of
/// the low half of the time at which it arrives.
void add_picked(Hashes& into, const Hash& key, std::size_t count, const std::uint32_t* to,
                const std::int64_t* at, const std::uint32_t* delay, const std::uint8_t* picked);

}  // namespace hearsay
