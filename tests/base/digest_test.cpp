#include "base/digest.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace hearsay {
namespace {

using Thing = std::pair<std::uint64_t, std::uint64_t>;

Digest digest_of(const std::vector<Thing>& things) {
  Digest digest;
  for (const auto& [a, b] : things) digest.add(a, b);
  return digest;
}

TEST(Digest, OfNothing) { EXPECT_EQ(to_string(Digest{}), "00000000000000000000000000000000"); }

TEST(Digest, ShowsItsHighHalfFirst) {
  EXPECT_EQ(to_string(Digest{.low = 1, .high = 2}), "00000000000000020000000000000001");
}

TEST(Digest, IsASumModulo2To128) {
  Digest sum = digest_of({{1, 2}});
  const Digest one = sum;
  sum.low = ~std::uint64_t{0};
  sum.high = 0;
  sum.add(1, 2);
  EXPECT_EQ(sum.low, one.low - 1);
  EXPECT_EQ(sum.high, one.high + 1);
}

TEST(Digest, TwiceIsNotOnceNorNever) {
  EXPECT_NE(digest_of({{1, 2}, {1, 2}}), digest_of({{1, 2}}));
  EXPECT_NE(digest_of({{1, 2}, {1, 2}}), Digest{});
}

// What a faulty world might do: things that change places, or shift against each other by the same step.
// 64 bits of a hash let such a change pass once in 2^64.
TEST(Digest, ChangesWithEveryBitAndEveryExchange) {
  std::set<std::string> digests;
  std::size_t tried = 0;
  const auto differs = [&](const std::vector<Thing>& things) {
    ++tried;
    digests.insert(to_string(digest_of(things)));
  };
  differs({{0, 0}});
  for (unsigned bit = 0; bit < 64; ++bit) {
    differs({{std::uint64_t{1} << bit, 0}});
    differs({{0, std::uint64_t{1} << bit}});
  }
  for (std::uint64_t i = 1; i < 50; ++i) {
    differs({{i, 100}, {i + 1, 200}});
    differs({{i, 200}, {i + 1, 100}});
    differs({{i + 100, 1}, {i + 101, 2}, {i + 102, 3}});
    differs({{i + 101, 1}, {i + 99, 2}, {i + 103, 3}});
  }
  EXPECT_EQ(digests.size(), tried);
}

RC_GTEST_PROP(Digest, DoesNotDependOnOrder, (std::vector<Thing> things, std::uint64_t turn)) {
  std::vector<Thing> turned = things;
  if (!turned.empty())
    std::rotate(turned.begin(), turned.begin() + static_cast<long>(turn % turned.size()), turned.end());
  const std::vector<Thing> reversed(turned.rbegin(), turned.rend());
  RC_ASSERT(digest_of(reversed) == digest_of(things));
}

}  // namespace
}  // namespace hearsay
