#include "base/bits.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>
#include <utility>
#include <vector>

namespace hearsay {
namespace {

TEST(Bits, AreEmptyAtFirst) {
  const Bits bits(130);
  for (std::size_t i = 0; i < 130; ++i) EXPECT_FALSE(bits.test(i));
}

RC_GTEST_PROP(Bits, AreASet, (std::vector<std::pair<bool, std::uint8_t>> steps)) {
  Bits bits(256);
  std::set<std::size_t> model;
  for (const auto& [sets, number] : steps)
    if (sets) {
      bits.set(number);
      model.insert(number);
    } else {
      bits.clear(number);
      model.erase(number);
    }
  for (std::size_t i = 0; i < 256; ++i) RC_ASSERT(bits.test(i) == model.contains(i));
}

}  // namespace
}  // namespace hearsay
