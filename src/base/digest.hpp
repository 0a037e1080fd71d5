#pragma once

// A digest of a set of things, independent of their order: the sum modulo 2^128 of a keyed hash of each.

#include <cstdint>
#include <string>

#include "base/random.hpp"

namespace hearsay {

struct Digest {
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  /// Adds one thing by its 128-bit hash.
  void add(const Block& hash);

  friend bool operator==(const Digest&, const Digest&) = default;
};

/// 32 hexadecimal digits, high half first.
std::string to_string(const Digest& digest);

}  // namespace hearsay
