#pragma once

// Whether a scenario fares worse than it did.
//
// Two samples of the same work are set against each other pair by pair: runs with the same seed where there
// are such, which share all draws that a change left alone, else run by run. What ended alike says nothing.
// Of what did not, half gets worse by chance where nothing changed, so the exact test is McNemar's: of
// versions where those are independent, else of runs, where it is the sign test, as it is for messages.
// Source: Q. McNemar, Psychometrika 12 (1947), 153-157; W. J. Dixon, A. M. Mood, "The statistical sign
// test", J. Amer. Statist. Assoc. 41 (1946), 557-566.
//
// What looks worse must do so again under fresh seeds, in pairs that had no part in the suspicion. Each of
// the two stages errs with probability at most sqrt(alpha), whichever of many tests are true (Holm): the
// first over all tests, the second over those it was left with. The stages share no run, so that both err
// with probability at most alpha.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "verdict/intervals.hpp"
#include "verdict/paired.hpp"
#include "verdict/sample.hpp"

namespace hearsay::verdict {

/// What may become worse.
struct Subject {
  enum class Kind {
    commit_rate,  ///< fewer versions commit
    in_time,      ///< fewer commit within a time
    messages,     ///< more messages are sent, and more for each time a node learns: not since more is learned
  };
  Kind kind = Kind::commit_rate;
  Duration within = 0;  ///< of in_time
};

/// `commit_rate`, `commit_rate(within = "5s")` or `messages`.
std::string to_string(const Subject& subject);

/// What two samples say of a subject. Both must have runs of equally many versions, and know `within`.
struct Change {
  double before = 0;  ///< the rate, or messages a learning, over all runs that are paired
  double now = 0;
  measure::Unit unit = measure::Unit::version;  ///< what the pairs are
  Pairs pairs;                                  ///< lost: they got worse; gained: better

  /// One-sided: of so many that got worse among those that ended unlike, were as many to get better.
  double p_value() const { return loss_p_value(pairs); }
};

Change change(const Sample& before, const Sample& now, const Subject& subject);

/// By how much, with limits that err with probability at most 1 - confidence. Of versions: the difference of
/// rates (`difference`). Of runs: that of the mean share of their versions, by betting on the differences. Of
/// messages: what the median run sent more for each learning, as a share, of those runs that are better or
/// worse; its limits are order statistics, and missing where there are too few such runs.
struct Effect {
  double difference = 0;
  std::optional<Interval> interval = {};
};

Effect effect(const Sample& before, const Sample& now, const Subject& subject, double confidence);

/// The run that got worse by most, the first of several.
struct Worst {
  std::uint64_t seed = 0;  ///< that of `now`
  double before = 0;
  double now = 0;
};

std::optional<Worst> worst_run(const Sample& before, const Sample& now, const Subject& subject);

/// What both stages say of one test.
struct Finding {
  double adjusted_p_value = 1;        ///< by Holm over all tests; at most stage_alpha: suspected
  std::optional<Change> fresh = {};   ///< under fresh seeds, where it was suspected
  double adjusted_fresh_p_value = 1;  ///< by Holm over those suspected
  bool regression = false;            ///< suspected and confirmed
};

/// At this one a stage errs with one half. Where no more pairs got worse than better, so many or more have a
/// greater chance than that: at no alpha is it a regression.
inline constexpr double kMostAlpha = 0.25;

/// The error of each of the two stages, of an `alpha` of at most kMostAlpha.
double stage_alpha(double alpha);

/// Judges all tests of a command together: that it finds any regression where nothing got worse has
/// probability at most `alpha`. `confirm` gives the change of a test under fresh seeds; it is asked once for
/// each of those suspected, in their order, and may throw.
std::vector<Finding> find_regressions(const std::vector<Change>& tests, double alpha,
                                      const std::function<Change(std::size_t test)>& confirm);

/// The smallest worsening that both stages would have found together with probability `power`, were they
/// alike and this one of `tests`: for rates the excess of pairs that get worse over those that get better,
/// where the latter come as often as they did; for messages the rise of all runs' messages by one share,
/// where runs vary as they did. Nothing: they would have found none, however great.
std::optional<double> smallest_found(const Sample& before, const Sample& now, const Subject& subject,
                                     std::size_t tests, double alpha, double power);

}  // namespace hearsay::verdict
