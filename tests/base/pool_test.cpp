#include "base/pool.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <set>

namespace hearsay {
namespace {

struct alignas(4096) Piece {
  std::uint64_t words[512];
};

// So many that the last slabs are large pages.
TEST(Pool, PiecesAreAlignedAndApart) {
  Pool<Piece> pool;
  std::set<Piece*> pieces;
  for (std::uint64_t i = 0; i < 3'000; ++i) {
    Piece* const piece = pool.get();
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(piece) % sizeof(Piece), 0U);
    piece->words[0] = piece->words[511] = i;
    pieces.insert(piece);
  }
  EXPECT_EQ(pieces.size(), 3'000U);
}

TEST(Pool, WhatIsPutBackIsGivenAgain) {
  Pool<Piece> pool;
  Piece* const piece = pool.get();
  Piece* const other = pool.get();
  pool.put(piece);
  EXPECT_EQ(pool.get(), piece);
  EXPECT_NE(pool.get(), other);
}

}  // namespace
}  // namespace hearsay
