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

TEST(Bits, AreTestedInColumns) {
  Bits bits(200);
  for (std::size_t i = 0; i < 200; i += 3) bits.set(i);
  std::vector<std::uint32_t> numbers;
  for (std::uint32_t i = 0; i < 100; ++i) numbers.push_back(i * 7 % 200);
  std::vector<std::uint8_t> marks(numbers.size(), 9);
  bits.test(numbers, marks.data());
  for (std::size_t i = 0; i < numbers.size(); ++i) EXPECT_EQ(marks[i], numbers[i] % 3 == 0 ? 1 : 0);
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
