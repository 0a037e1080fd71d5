#include "verdict/regression.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/check.hpp"
#include "scenario/units.hpp"
#include "verdict/beta.hpp"
#include "verdict/betting.hpp"
#include "verdict/holm.hpp"
#include "verdict/planning.hpp"
#include "verdict/search.hpp"

namespace hearsay::verdict {
namespace {

using Kind = Subject::Kind;

const std::vector<bool>& successes(const Sample& sample, const Subject& subject) {
  if (subject.kind == Kind::commit_rate) return sample.committed;
  const auto found = sample.within.find(subject.within);
  HEARSAY_CHECK(found != sample.within.end(), "only what both samples know is compared");
  return found->second;
}

double ratio(std::uint64_t part, std::uint64_t whole) {
  return static_cast<double>(part) / static_cast<double>(std::max<std::uint64_t>(whole, 1));
}

/// The runs of two samples, each of `now` with its partner of `before`.
class PairedRuns {
 public:
  PairedRuns(const Sample& before, const Sample& now, const Subject& subject)
      : before_(before), now_(now), subject_(subject), count_(std::min(before.runs, now.runs)) {
    HEARSAY_CHECK(before.versions == now.versions, "only runs of equally many versions are compared");
  }

  std::uint32_t count() const { return count_; }

  measure::Unit unit() const {
    const bool runs = subject_.kind == Kind::messages || before_.unit == measure::Unit::run ||
                      now_.unit == measure::Unit::run;
    return runs ? measure::Unit::run : measure::Unit::version;
  }

  /// The share of versions, or messages a learning, of a pair of runs.
  double before(std::uint32_t run) const { return value(before_, partner(run)); }
  double now(std::uint32_t run) const { return value(now_, run); }

  /// By how much `now` is worse. Of messages: where more were sent, and not since more was learned.
  double loss(std::uint32_t run) const {
    const double loss = before(run) - now(run);
    if (subject_.kind != Kind::messages) return loss;
    const std::uint64_t theirs = before_.sent.at(partner(run));
    const std::uint64_t ours = now_.sent.at(run);
    const bool alike = loss < 0 ? ours > theirs : ours < theirs;
    return alike ? -loss : 0;
  }

  /// The messages of `now` for each one of `before`: in all, and for each learning.
  double times_sent(std::uint32_t run) const {
    return ratio(now_.sent.at(run), before_.sent.at(partner(run)));
  }
  double times_per_learning(std::uint32_t run) const { return now(run) / before(run); }

  Pairs by_run() const {
    Pairs pairs{.count = count_};
    for (std::uint32_t run = 0; run < count_; ++run) {
      const double worse = loss(run);
      pairs.lost += worse > 0 ? 1 : 0;
      pairs.gained += worse < 0 ? 1 : 0;
    }
    return pairs;
  }

  Pairs by_version() const {
    const std::vector<bool>& then = successes(before_, subject_);
    const std::vector<bool>& today = successes(now_, subject_);
    Pairs pairs{.count = count_ * now_.versions};
    for (std::uint32_t run = 0; run < count_; ++run) {
      const std::size_t theirs = partner(run) * now_.versions;
      const std::size_t ours = run * now_.versions;
      for (std::size_t version = 0; version < now_.versions; ++version) {
        pairs.lost += then[theirs + version] && !today[ours + version] ? 1 : 0;
        pairs.gained += !then[theirs + version] && today[ours + version] ? 1 : 0;
      }
    }
    return pairs;
  }

  /// The share of pairs that could get worse at all, in rates.
  double exposed() const {
    if (unit() == measure::Unit::version) return before_all();
    std::uint32_t runs = 0;
    for (std::uint32_t run = 0; run < count_; ++run) runs += before(run) > 0 ? 1 : 0;
    return ratio(runs, count_);
  }

  double before_all() const { return all(before_, true); }
  double now_all() const { return all(now_, false); }

 private:
  /// Of the runs under one seed where both have them; the others, as many on both sides, in their order.
  std::uint32_t partner(std::uint32_t run) const {
    const std::uint64_t apart = std::max(now_.seed, before_.seed) - std::min(now_.seed, before_.seed);
    if (apart >= count_) return run;
    const auto shift = static_cast<std::uint32_t>(now_.seed >= before_.seed ? apart : count_ - apart);
    return static_cast<std::uint32_t>((std::uint64_t{run} + shift) % count_);
  }

  double value(const Sample& sample, std::uint32_t run) const {
    if (subject_.kind == Kind::messages) return ratio(sample.sent.at(run), sample.learnings.at(run));
    return ratio(count_in(sample, run), sample.versions);
  }

  std::uint64_t count_in(const Sample& sample, std::uint32_t run) const {
    const auto first =
        successes(sample, subject_).begin() + static_cast<std::ptrdiff_t>(run * sample.versions);
    const auto last = first + static_cast<std::ptrdiff_t>(sample.versions);
    return static_cast<std::uint64_t>(std::count(first, last, true));
  }

  double all(const Sample& sample, bool partners) const {
    std::uint64_t part = 0;
    std::uint64_t whole = 0;
    for (std::uint32_t i = 0; i < count_; ++i) {
      const std::uint32_t run = partners ? partner(i) : i;
      const bool messages = subject_.kind == Kind::messages;
      part += messages ? sample.sent.at(run) : count_in(sample, run);
      whole += messages ? sample.learnings.at(run) : sample.versions;
    }
    return ratio(part, whole);
  }

  const Sample& before_;
  const Sample& now_;
  const Subject& subject_;
  std::uint32_t count_;
};

using OfRun = double (PairedRuns::*)(std::uint32_t run) const;

std::vector<double> of_all(const PairedRuns& runs, OfRun value) {
  std::vector<double> all(runs.count());
  for (std::uint32_t run = 0; run < runs.count(); ++run) all[run] = (runs.*value)(run);
  return all;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  if (values.size() % 2 == 1) return values[middle];
  return (values[middle - 1] + values[middle]) / 2;
}

/// The median lies below the k-th smallest value, or above the k-th greatest, with the chance that fewer than
/// k values do.
Effect of_messages(const PairedRuns& runs, double confidence) {
  std::vector<double> unlike;
  for (std::uint32_t run = 0; run < runs.count(); ++run)
    if (runs.loss(run) != 0) unlike.push_back(runs.times_per_learning(run));
  if (unlike.empty()) return {0, Interval{0, 0}};
  std::sort(unlike.begin(), unlike.end());
  const double each_side = (1 - confidence) / 2;
  const std::uint64_t k = least_count(
      [&](std::uint64_t fewer) { return binomial_at_most(fewer, unlike.size(), 0.5) > each_side; });
  Effect effect{.difference = median(unlike) - 1};
  if (k > 0) effect.interval = {unlike[k - 1] - 1, unlike[unlike.size() - k] - 1};
  return effect;
}

/// Differences of shares are within -1..1; bets are on values within 0..1.
Effect of_shares(const PairedRuns& runs, double confidence) {
  BettedMean halves;
  for (std::uint32_t run = 0; run < runs.count(); ++run) halves.add((1 - runs.loss(run)) / 2);
  const Interval interval = halves.two_sided(confidence);
  return {2 * halves.mean() - 1, Interval{2 * interval.low - 1, 2 * interval.high - 1}};
}

/// What runs would send for one message of their partners, were nothing changed but their spread: less its
/// medians.
class Spread {
 public:
  explicit Spread(const PairedRuns& runs) {
    const std::vector<double> sent = centred(of_all(runs, &PairedRuns::times_sent));
    const std::vector<double> per_learning = centred(of_all(runs, &PairedRuns::times_per_learning));
    for (std::uint32_t run = 0; run < runs.count(); ++run) {
      least_.push_back(std::min(sent[run], per_learning[run]));
      most_.push_back(std::max(sent[run], per_learning[run]));
    }
  }

  /// Whether a stage finds all messages risen by this share, with probability `chance`.
  bool finds(double rise, double level, double chance) const {
    const double times = 1 + rise;
    const auto worse = share(least_, [=](double sent) { return sent * times > 1; });
    const auto better = share(most_, [=](double sent) { return sent * times < 1; });
    return chance_to_find_loss(least_.size(), worse, better, level) >= chance;
  }

 private:
  static std::vector<double> centred(std::vector<double> values) {
    const double middle = median(values);
    for (double& value : values) value /= middle;
    return values;
  }

  template <typename Holds>
  static double share(const std::vector<double>& values, const Holds& holds) {
    return static_cast<double>(std::count_if(values.begin(), values.end(), holds)) /
           static_cast<double>(values.size());
  }

  std::vector<double> least_;  // of all messages, and of those for each learning
  std::vector<double> most_;
};

std::optional<double> smallest_rise(const PairedRuns& runs, double level, double chance) {
  constexpr double kAny = 1e-9;
  constexpr double kGreatest = 100;
  constexpr double kStep = 1e-4;
  const Spread spread(runs);
  if (!spread.finds(kGreatest, level, chance)) return {};
  if (spread.finds(kAny, level, chance)) return 0;
  const auto rise = [](std::uint64_t steps) { return static_cast<double>(steps) * kStep; };
  return rise(least_count([&](std::uint64_t steps) {
    return rise(steps) >= kGreatest || spread.finds(rise(steps), level, chance);
  }));
}

}  // namespace

std::string to_string(const Subject& subject) {
  switch (subject.kind) {
    case Kind::commit_rate:
      return "commit_rate";
    case Kind::in_time:
      return fmt::format("commit_rate(within = \"{}\")", scenario::format_duration(subject.within));
    case Kind::messages:
      break;
  }
  return "messages";
}

Change change(const Sample& before, const Sample& now, const Subject& subject) {
  const PairedRuns runs(before, now, subject);
  const measure::Unit unit = runs.unit();
  return {.before = runs.before_all(),
          .now = runs.now_all(),
          .unit = unit,
          .pairs = unit == measure::Unit::run ? runs.by_run() : runs.by_version()};
}

Effect effect(const Sample& before, const Sample& now, const Subject& subject, double confidence) {
  const PairedRuns runs(before, now, subject);
  if (subject.kind == Kind::messages) return of_messages(runs, confidence);
  if (runs.unit() == measure::Unit::run) return of_shares(runs, confidence);
  const Pairs pairs = runs.by_version();
  const double unlike = static_cast<double>(pairs.gained) - static_cast<double>(pairs.lost);
  return {unlike / static_cast<double>(std::max<std::uint64_t>(pairs.count, 1)),
          difference(pairs, confidence)};
}

std::optional<Worst> worst_run(const Sample& before, const Sample& now, const Subject& subject) {
  const PairedRuns runs(before, now, subject);
  std::optional<Worst> worst;
  double most = 0;
  for (std::uint32_t run = 0; run < runs.count(); ++run) {
    if (runs.loss(run) <= most) continue;
    most = runs.loss(run);
    worst = {now.seed + run, runs.before(run), runs.now(run)};
  }
  return worst;
}

double stage_alpha(double alpha) {
  HEARSAY_CHECK(alpha <= kMostAlpha, "a stage never errs more often than not");
  return std::sqrt(alpha);
}

std::vector<Finding> find_regressions(const std::vector<Change>& tests, double alpha,
                                      const std::function<Change(std::size_t test)>& confirm) {
  std::vector<double> p_values;
  p_values.reserve(tests.size());
  for (const Change& test : tests) p_values.push_back(test.p_value());
  const std::vector<double> adjusted = adjust_by_holm(p_values);
  std::vector<Finding> findings(tests.size());
  std::vector<std::size_t> suspected;
  std::vector<double> fresh_p_values;
  for (std::size_t test = 0; test < tests.size(); ++test) {
    findings[test].adjusted_p_value = adjusted[test];
    if (adjusted[test] > stage_alpha(alpha)) continue;
    suspected.push_back(test);
    findings[test].fresh = confirm(test);
    fresh_p_values.push_back(findings[test].fresh->p_value());
  }
  const std::vector<double> confirmed = adjust_by_holm(fresh_p_values);
  for (std::size_t i = 0; i < suspected.size(); ++i) {
    Finding& finding = findings[suspected[i]];
    finding.adjusted_fresh_p_value = confirmed[i];
    finding.regression = confirmed[i] <= stage_alpha(alpha);
  }
  return findings;
}

std::optional<double> smallest_found(const Sample& before, const Sample& now, const Subject& subject,
                                     std::size_t tests, double alpha, double power) {
  const double level = stage_alpha(alpha) / static_cast<double>(tests);
  const double each_stage = std::sqrt(power);
  const PairedRuns runs(before, now, subject);
  if (subject.kind == Kind::messages) return smallest_rise(runs, level, each_stage);
  const Pairs pairs = runs.unit() == measure::Unit::run ? runs.by_run() : runs.by_version();
  if (pairs.count == 0) return {};
  const double gained = static_cast<double>(pairs.gained) / static_cast<double>(pairs.count);
  const auto smallest = smallest_loss_found(pairs.count, gained, level, each_stage);
  return smallest && *smallest <= runs.exposed() ? smallest : std::nullopt;
}

}  // namespace hearsay::verdict
