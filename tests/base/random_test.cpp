#include "base/random.hpp"

#include <Random123/philox.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "tests/support/uniformity.hpp"

namespace hearsay {
namespace {

using testing::kFalseAlarm;
using testing::uniform_p_value;

constexpr std::uint64_t kDraws = std::uint64_t{1} << 32;

Block philox(const Block& counter, std::uint32_t key_low, std::uint32_t key_high) {
  const philox4x32_ctr_t words = {{counter[0], counter[1], counter[2], counter[3]}};
  const philox4x32_key_t key = {{key_low, key_high}};
  const philox4x32_ctr_t drawn = philox4x32(words, key);
  return {drawn.v[0], drawn.v[1], drawn.v[2], drawn.v[3]};
}

// From the kat_vectors of Random123.
TEST(Philox, GivesItsKnownAnswers) {
  EXPECT_EQ(philox({0, 0, 0, 0}, 0, 0), (Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox({~0U, ~0U, ~0U, ~0U}, ~0U, ~0U), (Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, 0xa4093822, 0x299f31d0),
            (Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

// The published XXH64 of nothing under seed 0 is EF46DB3751D8E999.
TEST(Key, IsPhiloxUnderTheHashOfSeedAndPurpose) {
  EXPECT_EQ(Key(0, "").block(1, 2, 3, 4), philox({1, 2, 3, 4}, 0x51D8E999, 0xEF46DB37));
}

// Runs are repeated and compared across machines and versions of the program.
TEST(Key, DrawsAreFixed) {
  EXPECT_EQ(Key(1, "targets").block(0, 0, 0, 0), (Block{361393157, 3058832358, 1401123372, 11943778}));
  EXPECT_EQ(Key(1, "targets").with(7).block(0, 0, 0, 0),
            (Block{3707538948, 1060406504, 1788831384, 3343634561}));
}

TEST(Key, EveryPartOfAnIdentityCounts) {
  const Key key(1, "targets");
  const std::set<Block> blocks = {key.block(0, 0, 0, 0), key.block(1, 0, 0, 0), key.block(0, 1, 0, 0),
                                  key.block(0, 0, 1, 0), key.block(0, 0, 0, 1), key.block(1, 1, 0, 0)};
  EXPECT_EQ(blocks.size(), 6U);
}

TEST(Key, SeedsPurposesAndPartsDiffer) {
  std::set<Block> blocks;
  std::size_t keys = 0;
  for (const std::uint64_t seed : {0ULL, 1ULL, 2ULL, 1ULL << 32, ~0ULL})
    for (const char* purpose : {"", "targets", "latency", "fault a", "fault b", "fault ab"}) {
      const Key key(seed, purpose);
      for (const Key& made : {key, key.with(0), key.with(1), key.with(1ULL << 32), key.with(0).with(0)}) {
        blocks.insert(made.block(0, 0, 0, 0));
        ++keys;
      }
    }
  EXPECT_EQ(blocks.size(), keys);
}

// How often each of the 16 pairs of two draws' upper two bits comes. Were one draw a function of the other,
// or only leaning to it by a tenth, a pair would be off by far more than the 4 % that fail.
double p_value_of_pairs(const std::vector<std::uint32_t>& left, const std::vector<std::uint32_t>& right) {
  std::vector<std::uint64_t> counts(16);
  for (std::size_t i = 0; i < left.size(); ++i) ++counts[left[i] >> 30 << 2 | right[i] >> 30];
  return uniform_p_value(counts);
}

std::vector<std::uint32_t> draws(const Key& key) {
  std::vector<std::uint32_t> drawn;
  for (std::uint32_t node = 0; node < 200; ++node)
    for (std::uint32_t round = 0; round < 1000; ++round) drawn.push_back(key.block(node, 0, round, 0)[0]);
  return drawn;
}

TEST(Key, OfOtherPurposesSeedsAndPartsDrawsIndependently) {
  const std::vector<std::uint32_t> these = draws(Key(1, "targets"));
  for (const Key& other :
       {Key(1, "fault wifi"), Key(1, "targets "), Key(2, "targets"), Key(1, "targets").with(1)})
    EXPECT_GT(p_value_of_pairs(these, draws(other)), kFalseAlarm);
  EXPECT_LT(p_value_of_pairs(these, these), kFalseAlarm);
}

TEST(Key, TheFourDrawsOfABlockAreUniformAndIndependent) {
  const Key key(3, "targets");
  std::vector<std::uint32_t> columns[4];
  for (std::uint32_t i = 0; i < 200'000; ++i)
    for (std::size_t word = 0; word < 4; ++word) columns[word].push_back(key.block(i, 0, 0, 0)[word]);
  for (std::size_t a = 0; a < 4; ++a)
    for (std::size_t b = 0; b < a; ++b) EXPECT_GT(p_value_of_pairs(columns[a], columns[b]), kFalseAlarm);
}

TEST(Chance, IsExactAtItsEnds) {
  EXPECT_FALSE(Chance(0).hits(0));
  EXPECT_TRUE(Chance(1).hits(~0U));
}

TEST(Chance, IsAThresholdOfDraws) {
  EXPECT_TRUE(Chance(0.5).hits(0x7FFFFFFF));
  EXPECT_FALSE(Chance(0.5).hits(0x80000000));
  EXPECT_TRUE(Chance(0x1p-32).hits(0));
  EXPECT_FALSE(Chance(0x1p-32).hits(1));
}

// 0.3 * 2^32 is 1288490188.8.
TEST(Chance, IsRoundedToTheNearest) {
  EXPECT_TRUE(Chance(0.3).hits(1'288'490'188));
  EXPECT_FALSE(Chance(0.3).hits(1'288'490'189));
}

// What is hit under a chance is hit under every greater one, so that settings can be compared draw by draw.
RC_GTEST_PROP(Chance, AGreaterOneHitsAllThatASmallerOneHits, (std::uint32_t draw)) {
  const double smaller = *rc::gen::inRange(0, 1001) / 1000.0;
  const double greater = *rc::gen::inRange(0, 1001) / 1000.0;
  RC_PRE(smaller <= greater);
  RC_ASSERT(!Chance(smaller).hits(draw) || Chance(greater).hits(draw));
}

std::uint64_t first_draw_of(std::uint64_t value, std::uint64_t range) {
  return (value * kDraws + range - 1) / range;
}

// Value v stands for the draws d with v <= d * range / 2^32 < v + 1, which follow one another. Since the rest
// of d * range grows by `range` from one of them to the next, only the first can be one to draw again.
void expect_fair_share(std::uint32_t range, std::uint32_t value) {
  const std::uint64_t first = first_draw_of(value, range);
  const std::uint64_t last = first_draw_of(value + std::uint64_t{1}, range) - 1;
  const bool again = UniformBelow(range)(static_cast<std::uint32_t>(first)) == kDrawAgain;
  ASSERT_EQ(last - first + 1 - (again ? 1 : 0), kDraws / range) << value << " below " << range;
  ASSERT_EQ(UniformBelow(range)(static_cast<std::uint32_t>(first + (again ? 1 : 0))), value);
  ASSERT_EQ(UniformBelow(range)(static_cast<std::uint32_t>(last)), value);
}

TEST(UniformBelow, GivesEveryValueTheSameNumberOfDraws) {
  for (const std::uint32_t range : {1U, 2U, 3U, 5U, 6U, 7U, 10U, 50U, 1000U, 65'536U, 65'537U})
    for (std::uint32_t value = 0; value < range; ++value) expect_fair_share(range, value);
}

// Here a value has at most two draws, so that each of them is looked at.
TEST(UniformBelow, GivesEveryValueOfAHugeRangeTheSameNumberOfDraws) {
  for (const std::uint32_t range : {2'147'483'649U, 3'000'000'000U, 4'294'967'295U})
    for (std::uint32_t value = 0; value < 10'000; ++value) {
      expect_fair_share(range, value);
      expect_fair_share(range, range - 1 - value);
    }
}

// Ranges for which few and many draws must be drawn again; columns that are no multiple of any lanes.
TEST(UniformBelow, MapsColumnsAsEachAlone) {
  const Key key(1, "column");
  for (const std::uint32_t range : {1U, 2U, 1'000U, 0x80000001U, 0xFFFFFFFFU})
    for (std::uint32_t count : {0U, 1U, 7U, 8U, 9U, 100U}) {
      const UniformBelow uniform(range);
      std::vector<std::uint32_t> drawn;
      for (std::uint32_t i = 0; i < count; ++i)
        drawn.push_back(i == 3 ? 0 : key.block(i, count, range, 0)[0]);
      std::vector<std::uint32_t> mapped(count);
      std::vector<std::uint32_t> again(count);
      uniform.map(count, drawn.data(), mapped.data(), again.data());
      for (std::uint32_t i = 0; i < count; ++i) {
        EXPECT_EQ(mapped[i], uniform(drawn[i]));
        EXPECT_EQ(again[i] != 0, uniform(drawn[i]) == kDrawAgain);
      }
    }
}

TEST(Key, DrawsNoWordsThatNobodyWants) {
  const Key key(1, "some words");
  for (std::uint32_t count : {1U, 7U, 8U, 30U}) {
    std::vector<std::uint32_t> a(32, 5);
    std::vector<std::uint32_t> b(32, 6);
    std::vector<std::uint32_t> second(32);
    key.blocks(count, a.data(), b.data(), 7, 8, {nullptr, second.data(), nullptr, nullptr});
    for (std::uint32_t i = 0; i < count; ++i) EXPECT_EQ(second[i], key.block(5, 6, 7, 8)[1]);
  }
}

RC_GTEST_PROP(UniformBelow, MapsADrawInProportionOrAsksForAnother, (std::uint32_t draw)) {
  const auto range = *rc::gen::nonZero<std::uint32_t>();
  const std::uint64_t value = std::uint64_t{range} * draw / kDraws;
  const std::uint32_t mapped = UniformBelow(range)(draw);
  RC_ASSERT(mapped == value || (mapped == kDrawAgain && draw == first_draw_of(value, range)));
}

TEST(Scaled, CoversItsRangeEndsIncluded) {
  EXPECT_EQ(scaled(10, 0), 0U);
  EXPECT_EQ(scaled(10, ~0U), 9U);
  EXPECT_EQ(scaled(1, ~0U), 0U);
  EXPECT_EQ(scaled(kDraws, 0x12345678), 0x12345678U);
}

}  // namespace
}  // namespace hearsay
