#include "verdict/sprt.hpp"

#include <cmath>
#include <map>
#include <utility>

#include "verdict/search.hpp"

namespace hearsay::verdict {

// Likelihood ratios are then held to 1/false_alarm and miss: no more is needed, by Ville's inequality.
Hypotheses with_errors_at_most(double good, double bad, double false_alarm, double miss) {
  const double rest = 1 - false_alarm * miss;
  return {.good = good,
          .bad = bad,
          .false_alarm = false_alarm * (1 - miss) / rest,
          .miss = miss * (1 - false_alarm) / rest};
}

Sprt::Sprt(const Hypotheses& hypotheses)
    : success_(std::log(hypotheses.bad / hypotheses.good)),
      failure_(std::log((1 - hypotheses.bad) / (1 - hypotheses.good))),
      good_limit_(std::log(hypotheses.miss / (1 - hypotheses.false_alarm))),
      bad_limit_(std::log((1 - hypotheses.miss) / hypotheses.false_alarm)) {}

double Sprt::evidence_of_bad(std::uint64_t k, std::uint64_t n) const {
  return static_cast<double>(k) * success_ + static_cast<double>(n - k) * failure_;
}

std::uint64_t Sprt::successes_to_good(std::uint64_t k, std::uint64_t n) const {
  return least_count([&](std::uint64_t more) { return evidence_of_bad(k + more, n + more) <= good_limit_; });
}

Sprt::Decision Sprt::decide(std::uint64_t k, std::uint64_t n) const {
  const double ratio = evidence_of_bad(k, n);
  if (ratio <= good_limit_) return Decision::good;
  return ratio >= bad_limit_ ? Decision::bad : Decision::none;
}

std::optional<std::uint64_t> Sprt::trials_to_decide(double p, double chance) const {
  constexpr std::uint64_t kMost = 2'000'000;
  std::map<std::uint64_t, double> going = {{0, 1}};  // by failures: of these few numbers are ever undecided
  double undecided = 1;
  std::uint64_t n = 0;
  std::uint64_t steps = 0;
  while (undecided > 1 - chance) {
    ++n;
    steps += going.size();
    if (steps > kMost) return {};
    std::map<std::uint64_t, double> next;
    for (const auto& [failures, share] : going)
      for (const std::uint64_t more : {0U, 1U})
        if (decide(n - failures - more, n) == Decision::none)
          next[failures + more] += share * (more == 0 ? p : 1 - p);
    going = std::move(next);
    undecided = 0;
    for (const auto& [failures, share] : going) undecided += share;
  }
  return n;
}

/// The h other than 0 at which exp(h · what a trial adds) is 1 on average; 0 where a trial adds nothing on
/// average.
double Sprt::exponent(double p) const {
  const auto excess = [&](double h) {
    return p * std::expm1(h * success_) + (1 - p) * std::expm1(h * failure_);
  };
  const double drift = p * success_ + (1 - p) * failure_;
  if (drift == 0) return 0;
  // The excess is convex in h and 0 at 0, with the drift for its slope: the other root lies against it.
  const double against = drift < 0 ? 1 : -1;
  double far = 1;
  while (excess(against * far) < 0) far *= 2;
  // Convex and below 0 between the roots, so that its least value parts them.
  const auto slope = [&](double size) {
    const double h = against * size;
    return against * (p * success_ * std::exp(h * success_) + (1 - p) * failure_ * std::exp(h * failure_));
  };
  const double least = last_before(0, far, [&](double size) { return slope(size) > 0; });
  return against * last_before(least, far, [&](double size) { return excess(against * size) > 0; });
}

double Sprt::taken_for_good(double p) const {
  const double h = exponent(p);
  if (h == 0) return bad_limit_ / (bad_limit_ - good_limit_);
  return std::expm1(h * bad_limit_) / (std::exp(h * bad_limit_) - std::exp(h * good_limit_));
}

double Sprt::expected_trials(double p) const {
  const double good = taken_for_good(p);
  const double drift = p * success_ + (1 - p) * failure_;
  if (drift == 0)
    return -good_limit_ * bad_limit_ / (p * success_ * success_ + (1 - p) * failure_ * failure_);
  return (good * good_limit_ + (1 - good) * bad_limit_) / drift;
}

}  // namespace hearsay::verdict
