#pragma once

// A digest of a set of things, independent of their order: the sum modulo 2^128 of a keyed hash of each.

#include <cstdint>
#include <string>

namespace hearsay {

/// A keyed hash of two words; each result depends on all bits of both. The halves of the product of two
/// words, folded: what wyhash and others call "mum".
constexpr std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  constexpr std::uint64_t kSecretA = 0xA0761D6478BD642F;
  constexpr std::uint64_t kSecretB = 0xE7037ED1A0B428DB;
  const Wide product = Wide{a ^ kSecretA} * (b ^ kSecretB);
  return static_cast<std::uint64_t>(product >> 64) ^ static_cast<std::uint64_t>(product);
}

struct Digest {
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  /// Adds one thing, which the two words identify.
  constexpr void add(std::uint64_t a, std::uint64_t b) {
    constexpr std::uint64_t kSecretC = 0x8EBC6AF09C88C6E3;
    const std::uint64_t hash = mixed(a, b);
    low += hash;
    high += mixed(b ^ kSecretC, a) + (low < hash ? 1 : 0);
  }

  friend bool operator==(const Digest&, const Digest&) = default;
};

/// 32 hexadecimal digits, high half first.
std::string to_string(const Digest& digest);

}  // namespace hearsay
