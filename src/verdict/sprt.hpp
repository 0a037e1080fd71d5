#pragma once

// Wald's sequential test of a good chance of success against a bad one: the fewest trials, on average, of all
// tests with the same errors, for one who has no opinion on chances between the two.
// Source: A. Wald, "Sequential Analysis" (1947), chapters 3 and 5; "Sequential tests of statistical
// hypotheses", Ann. Math. Statist. 16 (1945), 117-186.

#include <cstdint>
#include <optional>

namespace hearsay::verdict {

struct Hypotheses {
  double good;         ///< the chance that a good system has, or more; bad < good < 1
  double bad;          ///< what a bad one has, or less; > 0
  double false_alarm;  ///< the rate at which a good one is taken for bad
  double miss;         ///< the rate at which a bad one is taken for good; both > 0, together below 1
};

/// Hypotheses whose test has, for certain, error rates of at most these: those that it is asked for are a
/// little smaller.
Hypotheses with_errors_at_most(double good, double bad, double false_alarm, double miss);

class Sprt {
 public:
  enum class Decision { none, good, bad };

  explicit Sprt(const Hypotheses& hypotheses);

  /// After k successes in n independent trials. One looks after every trial, and stops at the first decision.
  /// Then the error rates are at most false_alarm / (1 - miss) and miss / (1 - false_alarm), and close to
  /// what was asked.
  Decision decide(std::uint64_t k, std::uint64_t n) const;

  /// Log of how much likelier k of n are from a bad system than from a good one.
  double evidence_of_bad(std::uint64_t k, std::uint64_t n) const;

  /// How many further trials, all successes, would decide for good.
  std::uint64_t successes_to_good(std::uint64_t k, std::uint64_t n) const;

  /// By how many trials a system of the true chance p is decided with probability `chance`, exactly. Nothing:
  /// by so many that it would take seconds to compute.
  std::optional<std::uint64_t> trials_to_decide(double p, double chance) const;

  /// Wald's approximations for a system of the true chance p, 0 < p < 1: how often it is taken for good, and
  /// how many trials that takes on average. They neglect by how much the last trial oversteps the limit.
  double taken_for_good(double p) const;
  double expected_trials(double p) const;

 private:
  double exponent(double p) const;

  double success_;     // what a success adds to the log of the likelihood ratio of bad to good; below 0
  double failure_;     // a failure; above 0
  double good_limit_;  // at or below which the system is good
  double bad_limit_;
};

}  // namespace hearsay::verdict
