#include "base/bytes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace hearsay {
namespace {

TEST(Bytes, NonzeroOnesAreToldInOrder) {
  std::mt19937 random(1);
  for (std::size_t size : {0, 1, 7, 8, 9, 63, 64, 65, 200, 256})
    for (unsigned one_in : {1, 3, 100}) {
      std::vector<std::uint8_t> bytes(size);
      std::vector<std::size_t> expected;
      for (std::size_t i = 0; i < size; ++i) {
        if (random() % one_in != 0) continue;
        bytes[i] = static_cast<std::uint8_t>(1 + random() % 255);
        expected.push_back(i);
      }
      std::vector<std::size_t> told;
      for_each_nonzero(bytes, [&](std::size_t i) { told.push_back(i); });
      EXPECT_EQ(told, expected);
    }
}

TEST(Bytes, OfEveryValueButZeroAreNonzero) {
  for (unsigned value = 0; value < 256; ++value)
    for (unsigned place = 0; place < 8; ++place) {
      const std::uint64_t expected = value == 0 ? 0 : std::uint64_t{1} << place;
      EXPECT_EQ(nonzero_bytes(std::uint64_t{value} << (8 * place)), expected) << value;
    }
}

TEST(Bytes, AreAddedUp) {
  std::mt19937 random(2);
  for (std::size_t size : {0, 1, 7, 8, 9, 255, 2'040, 2'041, 10'000}) {
    std::vector<std::uint8_t> bytes(size, 1);
    EXPECT_EQ(sum_of_bytes(bytes), size);
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random() % 2);
    EXPECT_EQ(sum_of_bytes(bytes), static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), 1)));
  }
}

}  // namespace
}  // namespace hearsay
