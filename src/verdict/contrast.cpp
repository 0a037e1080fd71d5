#include "verdict/contrast.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "verdict/betting.hpp"
#include "verdict/holm.hpp"
#include "verdict/paired.hpp"
#include "verdict/rates.hpp"

namespace hearsay::verdict {
namespace {

using measure::End;
using measure::Outcome;
using measure::Unit;
using measure::VersionRecord;

bool before(const VersionRecord& a, const VersionRecord& b) {
  return std::pair(a.run, a.version) < std::pair(b.run, b.version);
}

/// The pairs of settled versions of each run that has any, by its number.
std::map<std::uint32_t, Pairs> pairs_by_run(const Outcome& reference, const Outcome& other) {
  std::map<std::uint32_t, Pairs> runs;
  auto mine = other.versions.begin();
  for (const VersionRecord& theirs : reference.versions) {
    while (mine != other.versions.end() && before(*mine, theirs)) ++mine;
    if (mine == other.versions.end()) break;
    if (before(theirs, *mine) || theirs.end == End::open || mine->end == End::open) continue;
    Pairs& pairs = runs[theirs.run];
    ++pairs.count;
    pairs.gained += mine->end == End::committed && theirs.end != End::committed;
    pairs.lost += mine->end != End::committed && theirs.end == End::committed;
  }
  return runs;
}

double observed(const Pairs& pairs) {
  if (pairs.count == 0) return 0;
  return (static_cast<double>(pairs.gained) - static_cast<double>(pairs.lost)) /
         static_cast<double>(pairs.count);
}

Contrast of_versions(const std::map<std::uint32_t, Pairs>& runs, double confidence) {
  Pairs all;
  for (const auto& [run, pairs] : runs) all += pairs;
  return {.difference = observed(all),
          .interval = difference(all, confidence),
          .better_p_value = gain_p_value(all),
          .worse_p_value = loss_p_value(all)};
}

/// Differences of shares are within -1..1; bets are on values within 0..1.
Contrast of_runs(const std::map<std::uint32_t, Pairs>& runs, double confidence) {
  BettedMean halves;
  for (const auto& [run, pairs] : runs) halves.add((1 + observed(pairs)) / 2);
  if (halves.count() == 0) return {};
  const Interval interval = halves.two_sided(confidence);
  const auto p_value = [](double evidence) { return std::min(1.0, std::exp(-evidence)); };
  return {.difference = 2 * halves.mean() - 1,
          .interval = {2 * interval.low - 1, 2 * interval.high - 1},
          .better_p_value = p_value(halves.evidence_above(0.5)),
          .worse_p_value = p_value(halves.evidence_below(0.5))};
}

std::optional<std::size_t> highest(const std::vector<const Outcome*>& outcomes) {
  std::optional<std::size_t> best;
  double most = -1;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const double rate = CommitRate(*outcomes[i]).value().value_or(-1);
    if (rate <= most) continue;
    most = rate;
    best = i;
  }
  return best;
}

}  // namespace

double Contrast::p_value() const { return std::min(1.0, 2 * std::min(better_p_value, worse_p_value)); }

Contrast contrast(const Outcome& reference, const Outcome& other, double confidence) {
  const std::map<std::uint32_t, Pairs> runs = pairs_by_run(reference, other);
  const bool by_run = reference.unit == Unit::run || other.unit == Unit::run;
  return by_run ? of_runs(runs, confidence) : of_versions(runs, confidence);
}

std::string_view to_string(Standing standing) {
  switch (standing) {
    case Standing::better:
      return "better";
    case Standing::worse:
      return "worse";
    case Standing::undecided:
      break;
  }
  return "undecided";
}

std::vector<Placing> judge_together(const std::vector<Contrast>& contrasts, double confidence) {
  std::vector<double> p_values;
  p_values.reserve(contrasts.size());
  for (const Contrast& each : contrasts) p_values.push_back(each.p_value());
  const std::vector<double> adjusted = adjust_by_holm(p_values);
  std::vector<Placing> placings;
  for (std::size_t i = 0; i < contrasts.size(); ++i) {
    const bool better = contrasts[i].better_p_value < contrasts[i].worse_p_value;
    const Standing seen = better ? Standing::better : Standing::worse;
    placings.push_back({adjusted[i], adjusted[i] <= 1 - confidence ? seen : Standing::undecided});
  }
  return placings;
}

std::optional<std::size_t> winner(const std::vector<const Outcome*>& outcomes, double confidence) {
  const std::optional<std::size_t> best = highest(outcomes);
  if (!best || outcomes.size() < 2) return {};
  // Any of them could have been the best, against each of the others.
  const double questions = static_cast<double>(outcomes.size()) * static_cast<double>(outcomes.size() - 1);
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (i == *best) continue;
    const double p_value = contrast(*outcomes[i], *outcomes[*best], confidence).better_p_value;
    if (p_value * questions > 1 - confidence) return {};
  }
  return best;
}

}  // namespace hearsay::verdict
