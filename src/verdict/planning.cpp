#include "verdict/planning.hpp"

#include <algorithm>
#include <vector>

#include "verdict/beta.hpp"
#include "verdict/betting.hpp"
#include "verdict/intervals.hpp"
#include "verdict/search.hpp"
#include "verdict/sequence.hpp"
#include "verdict/ville.hpp"

namespace hearsay::verdict {
namespace {

constexpr std::uint64_t kMostTrials = 1'000'000'000;
constexpr double kNegligible = 1e-9;

bool shown(std::uint64_t k, std::uint64_t n, double bound, double confidence, Limits limits) {
  switch (limits) {
    case Limits::exact:
      return binomial_at_least(k, n, bound) <= 1 - confidence;
    case Limits::sequence:
      return sequence_shows_above(k, n, bound, confidence);
    case Limits::betting:
      break;
  }
  BettedMean shares;
  shares.add(1, k);
  shares.add(0, n - k);
  return shares.mean() > bound && shares.evidence_above(bound) >= enough_capital(confidence);
}

/// The least k of n whose lower limit reaches `bound`; n + 1: none does.
std::uint64_t successes_needed(std::uint64_t n, double bound, double confidence, Limits limits) {
  return least_count([=](std::uint64_t k) { return k > n || shown(k, n, bound, confidence, limits); });
}

/// The least number of losses that is significant beside so many gains.
std::uint64_t losses_needed(std::uint64_t gains, double alpha) {
  return least_count(
      [=](std::uint64_t losses) { return binomial_at_least(losses, losses + gains, 0.5) <= alpha; });
}

/// The least number of losses of pairs that all end unlike that is significant; more than all: none is.
std::uint64_t losses_needed_of(std::uint64_t pairs, double alpha) {
  return least_count(
      [=](std::uint64_t losses) { return losses > pairs || binomial_at_least(losses, pairs, 0.5) <= alpha; });
}

/// The least of `above`..`most`, in steps of a millionth, that is found; `most` is.
template <typename Finds>
double least_excess(double above, double most, const Finds& finds) {
  constexpr double kStep = 1e-6;
  const auto excess = [=](std::uint64_t steps) {
    return std::min(most, above + static_cast<double>(steps) * kStep);
  };
  return excess(
      least_count([&](std::uint64_t steps) { return excess(steps) >= most || finds(excess(steps)); }));
}

/// A number of pairs that may be gained.
struct Gains {
  std::uint64_t count;
  double chance;
  std::uint64_t losses;  ///< beside which so many losses are significant
};

std::vector<Gains> numbers_of_gains(std::uint64_t pairs, double gained, double alpha) {
  std::vector<Gains> all;
  std::uint64_t count =
      least_count([=](std::uint64_t gains) { return binomial_at_most(gains, pairs, gained) >= kNegligible; });
  for (double above = binomial_at_least(count, pairs, gained); above >= kNegligible; ++count) {
    const double next = binomial_at_least(count + 1, pairs, gained);
    all.push_back({count, above - next, losses_needed(count, alpha)});
    above = next;
  }
  return all;
}

double chance_to_find(std::uint64_t pairs, double lost, double gained, const std::vector<Gains>& all) {
  const double lost_else = gained < 1 ? std::min(1.0, lost / (1 - gained)) : 0;
  double found = 0;
  for (const Gains& gains : all)
    found += gains.chance * binomial_at_least(gains.losses, pairs - gains.count, lost_else);
  return found;
}

}  // namespace

double chance_to_show(double rate, double bound, double confidence, std::uint64_t trials, Limits limits) {
  return binomial_at_least(successes_needed(trials, bound, confidence, limits), trials, rate);
}

std::optional<std::uint64_t> units_to_show(double rate, double bound, double confidence, double chance,
                                           std::uint64_t trials, Limits limits) {
  if (rate <= bound) return {};
  if (limits == Limits::betting) trials = 1;
  const std::uint64_t most = std::max<std::uint64_t>(1, kMostTrials / trials);
  const auto shows = [=](std::uint64_t units) {
    return units > most || chance_to_show(rate, bound, confidence, units * trials, limits) >= chance;
  };
  const std::uint64_t units = least_count(shows);
  return units > most ? std::nullopt : std::optional(units);
}

double chance_to_find_loss(std::uint64_t pairs, double lost, double gained, double alpha) {
  return chance_to_find(pairs, lost, gained, numbers_of_gains(pairs, gained, alpha));
}

std::optional<double> smallest_loss_found(std::uint64_t pairs, double gained, double alpha, double chance) {
  const double room = std::max(0.0, 1 - 2 * gained);
  const std::vector<Gains> gains = numbers_of_gains(pairs, gained, alpha);
  const auto finds = [&](double excess) {
    return chance_to_find(pairs, gained + excess, gained, gains) >= chance;
  };
  if (room > 0 && finds(room)) return least_excess(0, room, finds);
  const std::uint64_t needed = losses_needed_of(pairs, alpha);
  const auto finds_without_ties = [&](double excess) {
    return binomial_at_least(needed, pairs, (1 + excess) / 2) >= chance;
  };
  if (!finds_without_ties(1)) return {};
  return least_excess(room, 1, finds_without_ties);
}

}  // namespace hearsay::verdict
