#pragma once

// A digest of a set of things, independent of their order: the sum modulo 2^128 of a keyed hash of each. The
// hash multiplies halves of words, as XXH3 does, since that is what processors do to many words at once.

#include <cstdint>
#include <string>

namespace hearsay {

inline std::uint64_t halves_multiplied(std::uint64_t word) { return (word & 0xFFFFFFFF) * (word >> 32); }
inline std::uint64_t halves_exchanged(std::uint64_t word) { return word << 32 | word >> 32; }

/// Of two words, to each of which a part of a key was added: the hash NH of a pair. Two pairs that differ
/// have one product, or any given difference, under one key in 2^32; two products under different keys make
/// that one in 2^64. Source: J. Black et al., "UMAC: Fast and Secure Message Authentication", CRYPTO '99.
inline std::uint64_t product(std::uint32_t a, std::uint32_t b) { return std::uint64_t{a} * b; }

/// 128 bits of hash.
struct Hash {
  std::uint64_t low;
  std::uint64_t high;
};

/// The key of hash_of.
struct HashSecrets {
  static constexpr std::uint64_t kA = 0xA0761D6478BD642F;
  static constexpr std::uint64_t kB = 0xE7037ED1A0B428DB;
  static constexpr std::uint64_t kC = 0x8EBC6AF09C88C6E3;
};

/// The hash of two words.
inline Hash hash_of(std::uint64_t a, std::uint64_t b) {
  const std::uint64_t first = halves_multiplied(a ^ HashSecrets::kA);
  const std::uint64_t both = first ^ halves_exchanged(a) ^ (b + HashSecrets::kB);
  const std::uint64_t low = halves_multiplied(both) + halves_exchanged(both);
  return {low, halves_multiplied(low ^ HashSecrets::kC) + first};
}

struct Digest {
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  /// Adds one thing, which the two words identify.
  void add(std::uint64_t a, std::uint64_t b) { add(hash_of(a, b)); }
  void add(const Hash& hash) {
    low += hash.low;
    high += hash.high + (low < hash.low ? 1 : 0);
  }

  friend bool operator==(const Digest&, const Digest&) = default;
};

/// The sum of up to 2^32 hashes in parts that need no carry from one to the other, for loops that vectorise.
struct Hashes {
  std::uint64_t low = 0;     ///< of the low 32 bits of all low halves
  std::uint64_t middle = 0;  ///< of their high 32 bits
  std::uint64_t high = 0;    ///< of all high halves

  void add(const Hash& hash) {
    low += hash.low & 0xFFFFFFFF;
    middle += hash.low >> 32;
    high += hash.high;
  }

  /// Adds them all to a digest.
  void add_to(Digest& digest) const;
};

/// 32 hexadecimal digits, high half first.
std::string to_string(const Digest& digest);

}  // namespace hearsay
