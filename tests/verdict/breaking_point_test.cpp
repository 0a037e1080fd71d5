#include "verdict/breaking_point.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <cmath>
#include <random>
#include <set>

#include "verdict/sequence.hpp"

namespace hearsay::verdict {
namespace {

/// Asked of a row of places that hold up to `breaks` (not included), of which those within `dim` of it cannot
/// be told; mirrored, if `falling` is not set.
struct Row {
  std::size_t places;
  std::size_t breaks;
  std::size_t dim;
  bool falling = true;
  std::set<std::size_t> asked = {};

  Verdict operator()(std::size_t place) {
    EXPECT_TRUE(asked.insert(place).second) << "asked twice of " << place;
    const std::size_t at = falling ? place : places - 1 - place;
    const std::size_t away = at < breaks ? breaks - 1 - at : at - breaks;
    if (away < dim) return Verdict::inconclusive;
    return at < breaks ? Verdict::pass : Verdict::fail;
  }
};

Bracket search(Row& row) {
  return find_breaking_point(row.places, [&](std::size_t place) { return row(place); });
}

TEST(BreakingPoint, IsBetweenNeighboursWhereEverythingCanBeTold) {
  for (std::size_t breaks = 1; breaks < 100; ++breaks) {
    Row row{.places = 100, .breaks = breaks, .dim = 0};
    const Bracket found = search(row);
    EXPECT_EQ(found.holds, breaks - 1);
    EXPECT_EQ(found.fails, breaks);
    EXPECT_LE(row.asked.size(), 9U);
  }
}

TEST(BreakingPoint, ThereIsNoneWhereBothEndsAreAlike) {
  Row holds{.places = 100, .breaks = 100, .dim = 0};
  EXPECT_EQ(search(holds).fails, std::nullopt);
  EXPECT_EQ(holds.asked.size(), 2U);
  Row fails{.places = 100, .breaks = 0, .dim = 0};
  EXPECT_EQ(search(fails).holds, std::nullopt);
  Row unclear{.places = 100, .breaks = 50, .dim = 200};
  EXPECT_EQ(search(unclear).holds, std::nullopt);
  EXPECT_EQ(search(unclear = {.places = 100, .breaks = 50, .dim = 200}).fails, std::nullopt);
}

RC_GTEST_PROP(BreakingPoint, TheBracketIsAsTightAsCanBeToldWhateverTheDirection, ()) {
  Row row{.places = *rc::gen::inRange<std::size_t>(2, 3000), .breaks = 0, .dim = 0};
  row.breaks = *rc::gen::inRange<std::size_t>(0, row.places + 1);
  row.dim = *rc::gen::inRange<std::size_t>(0, 20);
  row.falling = *rc::gen::arbitrary<bool>();
  const Bracket found = search(row);
  RC_ASSERT(row.asked.size() <= most_probes(row.places));
  const auto along = [&](std::size_t place) { return row.falling ? place : row.places - 1 - place; };
  if (found.holds) RC_ASSERT(along(*found.holds) < row.breaks);
  if (found.fails) RC_ASSERT(along(*found.fails) >= row.breaks);
  if (found.holds && found.fails) RC_ASSERT(along(*found.fails) - along(*found.holds) <= 2 * row.dim + 1);
  RC_ASSERT(found.holds.has_value() || row.breaks <= row.dim || row.breaks == 0);
}

// 100 searches on a curve that falls as a logistic one does, each probe told by a sequence of at most 1,600
// trials. At the stated 95 % the expectation is at most 5 misses; more than 20 have a probability below 1e-6
// (Chernoff), and the seed is fixed.
TEST(BreakingPoint, StatisticsOfCoverage) {
  constexpr std::size_t kPlaces = 200;
  constexpr double kBound = 0.9;
  const double confidence = 1 - 0.05 / static_cast<double>(most_probes(kPlaces));
  const auto chance = [](std::size_t place) {
    return 1 / (1 + std::exp((static_cast<double>(place) - 120) / 12));
  };
  std::size_t breaks = 0;
  while (chance(breaks) >= kBound) ++breaks;
  std::mt19937_64 random(5);
  int missed = 0;
  for (int search = 0; search < 100; ++search) {
    const Bracket found = find_breaking_point(kPlaces, [&](std::size_t place) {
      std::uint64_t successes = 0;
      for (std::uint64_t trials = 1; trials <= 1600; ++trials) {
        successes += static_cast<double>(random() >> 11) * 0x1p-53 < chance(place) ? 1U : 0U;
        if (trials % 100 != 0 || !std::has_single_bit(trials / 100)) continue;
        if (sequence_lower_limit(successes, trials, confidence) >= kBound) return Verdict::pass;
        if (sequence_upper_limit(successes, trials, confidence) < kBound) return Verdict::fail;
      }
      return Verdict::inconclusive;
    });
    missed += !found.holds || !found.fails || *found.holds >= breaks || *found.fails < breaks;
  }
  EXPECT_LE(missed, 20);
}

}  // namespace
}  // namespace hearsay::verdict
