#include "base/digest.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <vector>

namespace hearsay {
namespace {

Digest digest_of(const std::vector<Block>& hashes) {
  Digest digest;
  for (const Block& hash : hashes) digest.add(hash);
  return digest;
}

TEST(Digest, OfNothing) { EXPECT_EQ(to_string(Digest{}), "00000000000000000000000000000000"); }

TEST(Digest, IsASumModulo2To128) {
  EXPECT_EQ(to_string(digest_of({{1, 2, 3, 4}})), "00000004000000030000000200000001");
  EXPECT_EQ(to_string(digest_of({{~0U, ~0U, 0, 0}, {1, 0, 0, 0}})), "00000000000000010000000000000000");
  EXPECT_EQ(digest_of({{~0U, ~0U, ~0U, ~0U}, {1, 0, 0, 0}}), Digest{});
}

TEST(Digest, TwiceIsNotOnceNorNever) {
  EXPECT_NE(digest_of({{1, 2, 3, 4}, {1, 2, 3, 4}}), digest_of({{1, 2, 3, 4}}));
  EXPECT_NE(digest_of({{1, 2, 3, 4}, {1, 2, 3, 4}}), Digest{});
}

RC_GTEST_PROP(Digest, DoesNotDependOnOrder, (std::vector<Block> hashes, std::uint64_t turn)) {
  std::vector<Block> turned = hashes;
  if (!turned.empty()) std::ranges::rotate(turned, turned.begin() + static_cast<long>(turn % turned.size()));
  std::vector<Block> reversed(turned.rbegin(), turned.rend());
  RC_ASSERT(digest_of(reversed) == digest_of(hashes));
}

}  // namespace
}  // namespace hearsay
