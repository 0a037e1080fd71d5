#include "base/digest.hpp"

#include <fmt/format.h>

namespace hearsay {

void Hashes::add_to(Digest& digest) const {
  const std::uint64_t sum = low + (middle << 32);
  const std::uint64_t carried = (middle >> 32) + (sum < low ? 1 : 0);
  digest.low += sum;
  digest.high += high + carried + (digest.low < sum ? 1 : 0);
}

std::string to_string(const Digest& digest) { return fmt::format("{:016x}{:016x}", digest.high, digest.low); }

}  // namespace hearsay
