#include "base/random.hpp"

#include <Random123/philox.h>
#include <xxhash.h>

#include <cmath>

#include "base/philox_lanes.hpp"
#include "base/uniform_lanes.hpp"

namespace hearsay {

Key::Key(std::uint64_t seed, std::string_view purpose)
    : value_(XXH64(purpose.data(), purpose.size(), seed)) {}

Key Key::with(std::uint64_t part) const { return Key(XXH64(&part, sizeof part, value_)); }

void Key::blocks(std::size_t count, const std::uint32_t* a, const std::uint32_t* b, std::uint32_t c,
                 std::uint32_t d, const std::array<std::uint32_t*, 4>& into) const {
  std::size_t i = 0;
  if (philox_in_lanes()) i = philox_lanes(value_, count, a, b, c, d, into);
  for (; i < count; ++i) {
    const Block drawn = block(a[i], b[i], c, d);
    for (std::size_t word = 0; word < 4; ++word)
      if (into[word] != nullptr) into[word][i] = drawn[word];
  }
}

Block Key::block(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) const {
  const philox4x32_ctr_t counter = {{a, b, c, d}};
  const philox4x32_key_t key = {
      {static_cast<std::uint32_t>(value_), static_cast<std::uint32_t>(value_ >> 32)}};
  const philox4x32_ctr_t drawn = philox4x32(counter, key);
  return {drawn.v[0], drawn.v[1], drawn.v[2], drawn.v[3]};
}

void UniformBelow::map(std::size_t count, const std::uint32_t* drawn, std::uint32_t* mapped,
                       std::uint32_t* again) const {
  for (std::size_t i = map_lanes(range_, biased_, count, drawn, mapped, again); i < count; ++i) {
    mapped[i] = (*this)(drawn[i]);
    again[i] |= mapped[i] == kDrawAgain ? 1 : 0;
  }
}

Chance::Chance(double probability) {
  const auto draws = static_cast<std::uint64_t>(std::llround(std::ldexp(probability, 32)));
  never_ = draws == 0;
  last_ = static_cast<std::uint32_t>(draws - 1);
}

}  // namespace hearsay
