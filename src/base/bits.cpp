#include "base/bits.hpp"

namespace hearsay {

void Bits::test(std::span<const std::uint32_t> numbers, std::uint8_t* marks) const {
  const std::uint64_t* const words = words_.data();
  for (std::size_t i = 0; i < numbers.size(); ++i)
    marks[i] = static_cast<std::uint8_t>(words[numbers[i] / 64] >> (numbers[i] % 64) & 1);
}

}  // namespace hearsay
