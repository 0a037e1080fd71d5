#include "base/random.hpp"

#define XXH_INLINE_ALL
#include <Random123/philox.h>
#include <xxhash.h>

#include <cmath>

namespace hearsay {

Key::Key(std::uint64_t seed, std::string_view purpose)
    : value_(XXH64(purpose.data(), purpose.size(), seed)) {}

Key Key::with(std::uint64_t part) const { return Key(XXH64(&part, sizeof part, value_)); }

Block Key::block(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) const {
  const philox4x32_ctr_t counter = {{a, b, c, d}};
  const philox4x32_key_t key = {
      {static_cast<std::uint32_t>(value_), static_cast<std::uint32_t>(value_ >> 32)}};
  const philox4x32_ctr_t drawn = philox4x32(counter, key);
  return {drawn.v[0], drawn.v[1], drawn.v[2], drawn.v[3]};
}

Chance::Chance(double probability)
    : threshold_(static_cast<std::uint64_t>(std::llround(std::ldexp(probability, 32)))) {}

std::uint32_t uniform_below(std::uint32_t range, std::uint32_t draw) {
  const std::uint64_t product = std::uint64_t{range} * draw;
  const auto low = static_cast<std::uint32_t>(product);
  if (low < range && low < -range % range) return kDrawAgain;
  return static_cast<std::uint32_t>(product >> 32);
}

}  // namespace hearsay
