// Hashes of columns: those of each alone, whether or not the processor does several at a time.

#include "base/digest_lanes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace hearsay {
namespace {

constexpr std::size_t kMost = 13;  // more than the lanes of any processor, and no multiple of them

TEST(DigestLanes, HashColumnsAsWordsAreHashed) {
  std::mt19937_64 random(1);
  std::vector<std::uint32_t> low(kMost);
  std::vector<std::uint32_t> high(kMost);
  std::vector<std::int64_t> b(kMost);
  for (std::size_t i = 0; i < kMost; ++i) {
    low[i] = static_cast<std::uint32_t>(random());
    high[i] = static_cast<std::uint32_t>(random());
    b[i] = static_cast<std::int64_t>(random() >> 9);
  }
  const std::uint64_t common = random();
  std::vector<std::vector<std::uint32_t>> quarters(4, std::vector<std::uint32_t>(kMost));
  hash_columns(kMost, common, low.data(), high.data(), b.data(), 7,
               {quarters[0].data(), quarters[1].data(), quarters[2].data(), quarters[3].data()});
  for (std::size_t i = 0; i < kMost; ++i) {
    const Hash hash =
        hash_of(common ^ (std::uint64_t{high[i]} << 32 | low[i]), static_cast<std::uint64_t>(b[i]) << 8 | 7);
    EXPECT_EQ(std::uint64_t{quarters[1][i]} << 32 | quarters[0][i], hash.low) << i;
    EXPECT_EQ(std::uint64_t{quarters[3][i]} << 32 | quarters[2][i], hash.high) << i;
  }
}

Digest digest_of(const std::vector<Arrival>& arrivals, std::uint32_t base) {
  Hashes hashes;
  add_arrivals(hashes, {0x0123456789ABCDEF, 0xFEDCBA9876543210}, base, arrivals.data(), arrivals.size());
  Digest digest;
  hashes.add_to(digest);
  return digest;
}

TEST(DigestLanes, AddArrivalsAsEachAlone) {
  std::mt19937_64 random(2);
  for (std::size_t count = 0; count <= kMost; ++count) {
    const auto base = static_cast<std::uint32_t>(random());
    std::vector<Arrival> arrivals;
    Digest sum;
    for (std::size_t i = 0; i < count; ++i) {
      arrivals.emplace_back(static_cast<std::uint32_t>(random() % (Arrival::kMostOffset + 1)),
                            static_cast<Slot>(random() % kMaxVersions),
                            static_cast<NodeId>(random() % kMaxNodes));
      const Digest alone = digest_of({arrivals.back()}, base);
      sum.add(Hash{alone.low, alone.high});
    }
    EXPECT_EQ(digest_of(arrivals, base), sum) << count;
  }
}

TEST(DigestLanes, AddWhatIsPickedOfAColumnAsArrivals) {
  std::mt19937_64 random(3);
  const Hash key = {0x0123456789ABCDEF, 0xFEDCBA9876543210};
  std::vector<std::uint32_t> to;
  std::vector<std::uint32_t> sent;
  std::vector<std::uint32_t> delay;
  std::vector<std::uint8_t> picked;
  Hashes expected;
  for (std::size_t count = 0; count <= 20; ++count) {
    Hashes hashes;
    add_picked(hashes, key, {count, to.data(), sent.data(), delay.data(), picked.data()});
    Digest sum;
    Digest expected_sum;
    hashes.add_to(sum);
    expected.add_to(expected_sum);
    EXPECT_EQ(sum, expected_sum) << count;
    to.push_back(static_cast<std::uint32_t>(random() % kMaxNodes));
    sent.push_back(static_cast<std::uint32_t>(random()));
    delay.push_back(static_cast<std::uint32_t>(random()));
    picked.push_back(static_cast<std::uint8_t>(random() % 2));
    const Arrival arrival(0, 0, to.back());
    if (picked.back() != 0) add_arrivals(expected, key, sent.back() + delay.back(), &arrival, 1);
  }
}

TEST(DigestLanes, AddPairsAsProductsUnderTheirKeys) {
  std::mt19937_64 random(4);
  std::vector<std::vector<std::uint32_t>> columns(6);
  Hashes expected;
  for (std::size_t count = 0; count <= 20; ++count) {
    const auto column = [&](std::size_t i) { return columns[i].data(); };
    Hashes hashes;
    add_sent(hashes, {count, 5, 7, column(0), column(1), {column(2), column(3), column(4), column(5)}});
    Digest sum;
    Digest expected_sum;
    hashes.add_to(sum);
    expected.add_to(expected_sum);
    EXPECT_EQ(sum, expected_sum) << count;
    for (auto& words : columns) words.push_back(static_cast<std::uint32_t>(random()));
    const std::uint32_t a = columns[0].back() + 5;
    const std::uint32_t b = columns[1].back() + 7;
    expected.add({product(a + columns[2].back(), b + columns[3].back()),
                  product(a + columns[4].back(), b + columns[5].back())});
  }
}

TEST(DigestLanes, KnowNothingOfSlots) {
  EXPECT_EQ(digest_of({{5, 1, 9}}, 0), digest_of({{5, 2, 9}}, 0));
  EXPECT_EQ(digest_of({{5, 1, 9}}, 7), digest_of({{7, 1, 9}}, 5));
}

}  // namespace
}  // namespace hearsay
