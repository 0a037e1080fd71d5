#include "base/digest.hpp"

#include <fmt/format.h>

namespace hearsay {

void Digest::add(const Block& hash) {
  const std::uint64_t added = hash[0] | std::uint64_t{hash[1]} << 32;
  low += added;
  high += (hash[2] | std::uint64_t{hash[3]} << 32) + (low < added ? 1 : 0);
}

std::string to_string(const Digest& digest) { return fmt::format("{:016x}{:016x}", digest.high, digest.low); }

}  // namespace hearsay
