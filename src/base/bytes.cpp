#include "base/bytes.hpp"

#include <algorithm>

namespace hearsay {
namespace {

constexpr std::size_t kEight = sizeof(std::uint64_t);

/// The sum of the bytes of a word.
std::uint64_t across(std::uint64_t eight) {
  constexpr std::uint64_t kEven = 0x00FF00FF00FF00FF;
  constexpr std::uint64_t kOnes = 0x0001000100010001;
  return ((eight & kEven) + (eight >> 8 & kEven)) * kOnes >> 48;
}

}  // namespace

// Eight sums at once, as long as none of them can grow beyond a byte.
std::uint64_t sum_of_bytes(std::span<const std::uint8_t> bytes) {
  constexpr std::size_t kAtOnce = 255 * kEight;
  std::uint64_t sum = 0;
  for (std::size_t begin = 0; begin < bytes.size(); begin += kAtOnce) {
    const auto some = bytes.subspan(begin, std::min(kAtOnce, bytes.size() - begin));
    std::uint64_t sums = 0;
    std::size_t i = 0;
    for (; i + kEight <= some.size(); i += kEight) {
      std::uint64_t eight = 0;
      std::memcpy(&eight, some.data() + i, kEight);
      sums += eight;
    }
    std::uint64_t last = 0;
    std::memcpy(&last, some.data() + i, some.size() - i);
    sum += across(sums) + across(last);
  }
  return sum;
}

}  // namespace hearsay
