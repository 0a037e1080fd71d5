#include "verdict/betting.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "verdict/search.hpp"
#include "verdict/ville.hpp"

namespace hearsay::verdict {
namespace {

struct Stake {
  double share;   ///< of the capital, at each bet
  double weight;  ///< the part of the first capital that bets so
};

// Small stakes win where the expectation is hardly above m, large ones where values are far above it or vary
// little; a factor of two between them loses at most a fifth of the growth.
constexpr std::array kCautious = {1.0 / 4096, 1.0 / 2048, 1.0 / 1024, 1.0 / 512, 1.0 / 256, 1.0 / 128,
                                  1.0 / 64,   1.0 / 32,   1.0 / 16,   1.0 / 8,   1.0 / 4,   1.0 / 2,
                                  3.0 / 4,    7.0 / 8,    15.0 / 16,  31.0 / 32, 63.0 / 64};
constexpr double kAllWeight = 0.5;

constexpr auto kStakes = [] {
  std::array<Stake, kCautious.size() + 1> stakes{};
  for (std::size_t i = 0; i < kCautious.size(); ++i)
    stakes[i] = {kCautious[i], (1 - kAllWeight) / kCautious.size()};
  stakes.back() = {1, kAllWeight};
  return stakes;
}();

using Capitals = std::array<double, kStakes.size()>;  // logs, by stake

double growth(double stake, double value, double m) { return std::log1p(stake * (value / m - 1)); }

Capitals capitals(const std::map<double, std::uint64_t>& values, double m) {
  Capitals logs;
  for (std::size_t i = 0; i < kStakes.size(); ++i) {
    logs[i] = std::log(kStakes[i].weight);
    for (const auto& [value, times] : values)
      logs[i] += static_cast<double>(times) * growth(kStakes[i].share, value, m);
  }
  return logs;
}

double log_sum(const Capitals& logs) {
  const double most = *std::max_element(logs.begin(), logs.end());
  double sum = 0;
  for (const double log : logs) sum += std::exp(log - most);
  return most + std::log(sum);
}

}  // namespace

void BettedMean::add(double value, std::uint64_t times) {
  if (times == 0) return;
  values_[value] += times;
  count_ += times;
}

double BettedMean::mean() const {
  if (count_ == 0) return 0;
  double sum = 0;
  for (const auto& [value, times] : values_) sum += value * static_cast<double>(times);
  return std::min(1.0, sum / static_cast<double>(count_));
}

double BettedMean::low(double confidence) const {
  const double enough = enough_capital(confidence);
  return last_before(0, mean(), [&](double m) { return evidence_above(m) < enough; });
}

double BettedMean::high(double confidence) const { return 1 - mirrored().low(confidence); }

Interval BettedMean::two_sided(double confidence) const {
  const double each_side = (1 + confidence) / 2;
  return {low(each_side), high(each_side)};
}

double BettedMean::evidence_above(double m) const { return log_sum(capitals(values_, m)); }

double BettedMean::evidence_below(double m) const { return mirrored().evidence_above(1 - m); }

std::uint64_t BettedMean::ones_to_show_above(double bound, double confidence) const {
  if (bound <= 0) return 0;
  const double enough = enough_capital(confidence);
  const Capitals now = capitals(values_, bound);
  return least_count([&](std::uint64_t more) {
    Capitals then = now;
    for (std::size_t i = 0; i < kStakes.size(); ++i)
      then[i] += static_cast<double>(more) * growth(kStakes[i].share, 1, bound);
    return log_sum(then) >= enough;
  });
}

std::uint64_t BettedMean::zeros_to_show_below(double bound, double confidence) const {
  return mirrored().ones_to_show_above(1 - bound, confidence);
}

BettedMean BettedMean::mirrored() const {
  BettedMean mirror;
  for (const auto& [value, times] : values_) mirror.add(1 - value, times);
  return mirror;
}

}  // namespace hearsay::verdict
