#include "verdict/prospects.hpp"

#include <algorithm>

#include "verdict/sprt.hpp"

namespace hearsay::verdict {
namespace {

/// Of what should happen: of commits, or of their absence where there should be few.
double chance_of_good(const Question& question, double rate) { return question.at_least ? rate : 1 - rate; }

Verdict by_wald(const Question& question, double rate) {
  const double good = chance_of_good(question, rate);
  if (good >= chance_of_good(question, question.bound)) return Verdict::pass;
  return good <= chance_of_good(question, question.test->indifference) ? Verdict::fail
                                                                       : Verdict::inconclusive;
}

std::optional<std::uint64_t> runs_of_wald(const Question& question, double rate) {
  const WaldTerms& terms = *question.test;
  const Sprt test(with_errors_at_most(chance_of_good(question, question.bound),
                                      chance_of_good(question, terms.indifference), terms.false_alarm,
                                      terms.miss));
  const auto trials = test.trials_to_decide(chance_of_good(question, rate), question.chance);
  if (!trials) return {};
  return (*trials + question.trials - 1) / question.trials;
}

std::optional<std::uint64_t> runs_of_limits(const Question& question, double rate, bool passes) {
  const bool above = question.at_least == passes;
  const double confidence = passes ? question.errors.confidence : 1 - question.errors.alpha;
  return units_to_show(above ? rate : 1 - rate, above ? question.bound : 1 - question.bound, confidence,
                       question.chance, question.trials, question.limits);
}

}  // namespace

Prospect prospect(const Question& question, double rate) {
  if (question.test) return {rate, by_wald(question, rate), runs_of_wald(question, rate)};
  const bool passes = chance_of_good(question, rate) > chance_of_good(question, question.bound);
  return {rate, passes ? Verdict::pass : Verdict::fail, runs_of_limits(question, rate, passes)};
}

std::vector<Prospect> prospects(const Question& question) {
  constexpr double kGaps[] = {0, 0.1, 0.25, 0.5, 1, 1.5, 2, 4};
  const double gap = 1 - chance_of_good(question, question.bound);
  std::vector<double> chances;
  for (const double share : kGaps) {
    const double good = std::max(0.0, 1 - share * gap);
    const bool at_bound = share == 1;
    if (!at_bound || question.test) chances.push_back(good);
  }
  if (question.test) chances.push_back(chance_of_good(question, question.test->indifference));
  std::sort(chances.rbegin(), chances.rend());
  chances.erase(std::unique(chances.begin(), chances.end()), chances.end());
  std::vector<Prospect> all;
  all.reserve(chances.size());
  for (const double good : chances) all.push_back(prospect(question, chance_of_good(question, good)));
  return all;
}

}  // namespace hearsay::verdict
