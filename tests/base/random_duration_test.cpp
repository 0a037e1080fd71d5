#include "base/random_duration.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "tests/support/exact_binomial.hpp"
#include "tests/support/kolmogorov_smirnov.hpp"
#include "tests/support/uniformity.hpp"

namespace hearsay {
namespace {

using testing::kFalseAlarm;
using Shape = DurationModel::Shape;

constexpr DurationModel distributed(Shape shape, Duration mean, Duration jitter, Duration low = 0,
                                    Duration high = kNever) {
  return {.shape = shape, .low = low, .high = high, .mean = mean, .jitter = jitter};
}

constexpr double kMean = 20'000;
constexpr double kJitter = 5'000;

double normal(double x) { return std::erfc(-x / std::sqrt(2.0)) / 2; }

/// A distribution as the formulas have it, with mean and jitter as above.
struct Law {
  std::string name;
  DurationModel model;
  double deviation;
  std::function<double(double)> distribution;

  /// The value that is exceeded with probability `above`, or with 1 - `above` if `lower`; by bisection.
  double quantile(double tail, bool lower) const {
    double least = 0;
    double most = 1e9;
    while (most - least > 1e-6) {
      const double middle = (least + most) / 2;
      const double share = distribution(middle);
      ((lower ? share < tail : 1 - share > tail) ? least : most) = middle;
    }
    return least;
  }
};

std::vector<Law> laws() {
  const double variance = std::log(1 + kJitter * kJitter / (kMean * kMean));
  const double middle = std::log(kMean) - variance / 2;
  const double shape = 1 + std::sqrt(1 + kMean * kMean / (kJitter * kJitter));
  const double scale = kMean * (shape - 1) / shape;
  return {
      {"normal", distributed(Shape::normal, 20'000, 5'000), kJitter,
       [](double x) { return normal((x - kMean) / kJitter); }},
      {"lognormal", distributed(Shape::lognormal, 20'000, 5'000), kJitter,
       [=](double x) { return x <= 0 ? 0 : normal((std::log(x) - middle) / std::sqrt(variance)); }},
      {"exponential", distributed(Shape::exponential, 20'000, 0), kMean,
       [](double x) { return -std::expm1(-x / kMean); }},
      {"pareto", distributed(Shape::pareto, 20'000, 5'000), kJitter,
       [=](double x) { return x <= scale ? 0 : 1 - std::pow(scale / x, shape); }},
  };
}

/// Words that are drawn, as those of messages are.
std::vector<std::uint32_t> words(std::uint32_t count) {
  const Key key(1, "durations");
  std::vector<std::uint32_t> drawn;
  for (std::uint32_t i = 0; i < count; i += 4)
    for (const std::uint32_t word : key.block(i, 0, 0, 0)) drawn.push_back(word);
  return drawn;
}

std::vector<std::uint32_t> durations(const DurationModel& model, const std::vector<std::uint32_t>& drawn) {
  std::vector<std::uint32_t> all(drawn.size());
  RandomDuration(model).add(drawn, all);
  return all;
}

// A million draws: a distribution function that is off by 0.0033 anywhere fails almost surely. Rounding to
// whole microseconds shifts it by less than 0.0001.
TEST(RandomDurationStatistics, FollowTheFormulas) {
  const std::vector<std::uint32_t> drawn = words(1'000'000);
  for (const Law& law : laws()) {
    const std::vector<std::uint32_t> all = durations(law.model, drawn);
    EXPECT_GT(testing::kolmogorov_smirnov_p_value({all.begin(), all.end()}, law.distribution), kFalseAlarm)
        << law.name;
  }
}

// 100 of a million are expected beyond: half as many or twice as many fail almost surely.
TEST(RandomDurationStatistics, TheRarestTenThousandthsAreAsRareAsTheFormulasSay) {
  const std::vector<std::uint32_t> drawn = words(1'000'000);
  for (const Law& law : laws()) {
    const double low = law.quantile(1e-4, true);
    const double high = law.quantile(1e-4, false);
    std::uint64_t below = 0;
    std::uint64_t above = 0;
    for (const std::uint32_t duration : durations(law.model, drawn)) {
      below += duration + 0.5 < low;
      above += duration - 0.5 > high;
    }
    const double low_share = law.distribution(std::ceil(low - 0.5) - 0.5);
    const double high_share = 1 - law.distribution(std::floor(high + 0.5) + 0.5);
    EXPECT_GT(testing::two_sided_p_value(below, drawn.size(), low_share), kFalseAlarm) << law.name;
    EXPECT_GT(testing::two_sided_p_value(above, drawn.size(), high_share), kFalseAlarm) << law.name;
  }
}

// A range of 1001 values is 13 bins of 77.
TEST(RandomDurationStatistics, ARangeIsUniformEndsIncluded) {
  std::vector<std::uint64_t> counts(13);
  for (const std::uint32_t duration : durations({.low = 1000, .high = 2000}, words(1'000'000)))
    ++counts.at((duration - 1000) / 77);
  EXPECT_GT(testing::uniform_p_value(counts), kFalseAlarm);
}

// No chance in these: a table that is right is right at every word.
TEST(RandomDuration, QuantilesAreThoseOfTheFormulas) {
  for (const Law& law : laws()) {
    const RandomDuration duration(law.model);
    for (const double tail :
         {0x1p-31, 1e-8, 1e-6, 1e-5, 1e-4, 1e-3, 0.003, 0.01, 0.03, 0.1, 0.2, 0.3, 0.49}) {
      const auto word = static_cast<std::uint32_t>(tail * 0x1p32);
      const double exact_tail = (word + 0.5) * 0x1p-32;
      const double low = law.quantile(exact_tail, true);
      const double high = law.quantile(exact_tail, false);
      EXPECT_NEAR(static_cast<double>(duration.of(word)), low, 0.51 + 1e-4 * low) << law.name << tail;
      EXPECT_NEAR(static_cast<double>(duration.of(~word)), high, 0.51 + 1e-4 * high) << law.name << tail;
    }
  }
}

// Words spread evenly over all: their mean and deviation are those of the distribution, but for what a
// millionth at either end holds.
TEST(RandomDuration, HaveTheirMeanAndJitter) {
  std::vector<std::uint32_t> even;
  for (std::uint32_t i = 0; i < 1U << 20; ++i) even.push_back(i << 12 | 1U << 11);
  for (const Law& law : laws()) {
    double sum = 0;
    double squares = 0;
    for (const std::uint32_t duration : durations(law.model, even)) {
      sum += duration;
      squares += (duration - kMean) * (duration - kMean);
    }
    const auto count = static_cast<double>(even.size());
    EXPECT_NEAR(sum / count / kMean, 1, 1e-4) << law.name;
    EXPECT_NEAR(std::sqrt(squares / count) / law.deviation, 1, 3e-3) << law.name;
  }
}

TEST(RandomDuration, AConstantIsItself) {
  const RandomDuration constant({.low = 7, .high = 7});
  EXPECT_TRUE(constant.constant());
  EXPECT_EQ(constant.of(0), 7);
  EXPECT_EQ(constant.of(~0U), 7);
}

TEST(RandomDuration, TheLongestAreMetExactly) {
  EXPECT_EQ(RandomDuration({.low = kHour, .high = kHour}).of(1), kHour);
  const RandomDuration range({.low = 0, .high = kHour});
  EXPECT_EQ(range.of(0), 0);
  EXPECT_EQ(range.of(~0U), kHour);
  EXPECT_EQ(RandomDuration(distributed(Shape::normal, kHour, kHour, 0, kHour)).of(~0U), kHour);
}

// Of a normal distribution a fortieth lies below mean minus 1.96 jitters, and a fortieth above.
TEST(RandomDuration, WhatIsBeyondTheBoundsIsAtThem) {
  const RandomDuration bounded(distributed(Shape::normal, 20'000, 5'000, 10'200, 29'800));
  EXPECT_EQ(bounded.least(), 10'200);
  EXPECT_EQ(bounded.most(), 29'800);
  const auto word = [](double probability) { return static_cast<std::uint32_t>(probability * 0x1p32); };
  EXPECT_EQ(bounded.of(word(0.0249)), 10'200);
  EXPECT_GT(bounded.of(word(0.0251)), 10'200);
  EXPECT_LT(bounded.of(word(0.9749)), 29'800);
  EXPECT_EQ(bounded.of(word(0.9751)), 29'800);
}

TEST(RandomDuration, WithoutBoundsReachesAsFarAsAWordCan) {
  EXPECT_EQ(RandomDuration(distributed(Shape::normal, 20'000, 5'000)).least(), 0);
  const RandomDuration normal(distributed(Shape::normal, 50'000, 1'000));
  EXPECT_NEAR(static_cast<double>(normal.least()), 50'000 - 6'338, 2);
  EXPECT_NEAR(static_cast<double>(normal.most()), 50'000 + 6'338, 2);
  const RandomDuration exponential(distributed(Shape::exponential, kHour, 0));
  EXPECT_EQ(exponential.most(), 2 * kHour) << "as much as it tells of what is more";
}

TEST(RandomDuration, AddsOnTopAndOnlyWhereItIsMarked) {
  for (const DurationModel& model : {DurationModel{.low = 5, .high = 5}, DurationModel{.low = 5, .high = 900},
                                     distributed(Shape::lognormal, 500, 100)}) {
    const RandomDuration duration(model);
    const std::vector<std::uint32_t> drawn = words(100);
    std::vector<std::uint32_t> all(drawn.size(), 1000);
    std::vector<std::uint32_t> some(drawn.size(), 1000);
    std::vector<std::uint8_t> marked(drawn.size());
    for (std::size_t i = 0; i < marked.size(); i += 3) marked[i] = 1;
    duration.add(drawn, all);
    duration.add(drawn, marked, some);
    for (std::size_t i = 0; i < drawn.size(); ++i) {
      EXPECT_EQ(all[i], 1000 + duration.of(drawn[i]));
      EXPECT_EQ(some[i], i % 3 == 0 ? all[i] : 1000);
    }
  }
}

DurationModel any_model() {
  const Duration low = *rc::gen::inRange<Duration>(0, 1000);
  const Duration high = low + *rc::gen::inRange<Duration>(0, 10) * *rc::gen::inRange<Duration>(0, kMinute);
  return {.shape = *rc::gen::element(Shape::uniform, Shape::normal, Shape::lognormal, Shape::exponential,
                                     Shape::pareto),
          .low = low,
          .high = high,
          .mean = *rc::gen::inRange<Duration>(1, kHour + 1),
          .jitter = *rc::gen::inRange<Duration>(1, kHour + 1)};
}

RC_GTEST_PROP(RandomDurationProperty, StaysWithinItsBoundsAndGrowsWithTheWord, ()) {
  const DurationModel model = any_model();
  const RandomDuration duration(model);
  const auto a = *rc::gen::arbitrary<std::uint32_t>();
  const auto b = *rc::gen::arbitrary<std::uint32_t>() >> *rc::gen::inRange(0, 32);
  RC_ASSERT(duration.least() >= model.low);
  RC_ASSERT(duration.most() <= model.high);
  RC_ASSERT(duration.of(0) == duration.least());
  RC_ASSERT(duration.of(~0U) == duration.most());
  RC_ASSERT(duration.of(std::min(a, b)) <= duration.of(std::max(a, b)));
  RC_ASSERT(duration.of(~b) >= duration.of(~std::max(a, b)));
}

std::uint64_t folded(const DurationModel& model) {
  std::vector<std::uint32_t> drawn = words(100'000);
  for (unsigned shift = 0; shift < 32; ++shift) {
    drawn.push_back(~0U >> shift);
    drawn.push_back(~(~0U >> shift));
  }
  std::uint64_t sum = 0;
  for (const std::uint32_t duration : durations(model, drawn)) sum = sum * 0x9E3779B97F4A7C15 + duration;
  return sum;
}

// To the microsecond, with every compiler, optimisation and processor.
TEST(RandomDuration, IsTheSameEverywhere) {
  EXPECT_EQ(folded({.low = 1'000, .high = 50'000}), 14626194428344518482U);
  EXPECT_EQ(folded(distributed(Shape::normal, 20'000, 5'000)), 10939764358012872031U);
  EXPECT_EQ(folded(distributed(Shape::lognormal, 20'000'000, 30'000'000, 0, kHour)), 3386643909149664441U);
  EXPECT_EQ(folded(distributed(Shape::exponential, 20'000'000, 0)), 11026636587920068529U);
  EXPECT_EQ(folded(distributed(Shape::pareto, 20'000'000, 30'000'000, 0, kHour)), 3260009443343386155U);
}

}  // namespace
}  // namespace hearsay
