#pragma once

// How much it takes to find out: sizes of samples, and what a sample could have shown.

#include <cstdint>
#include <optional>

namespace hearsay::verdict {

/// What shows that a rate is good enough: the exact limit of a fixed number of trials; one that may be looked
/// at at any time; or bets on the shares of units, of which all trials of a unit succeed or none does, which
/// is the hardest to bet on.
enum class Limits { exact, sequence, betting };

/// How many units of `trials` independent trials each (>= 1) make the lower limit at `confidence` reach
/// `bound` with probability at least `chance`, for a system whose trials succeed with probability `rate`:
/// about the least number, and one that does. Nothing where rate <= bound, or where it takes more than 10^9
/// trials. The mirror image, for upper limits: swap successes and failures.
std::optional<std::uint64_t> units_to_show(double rate, double bound, double confidence, double chance,
                                           std::uint64_t trials = 1, Limits limits = Limits::exact);

/// Exactly how likely `trials` of them show it; by bets, so many units.
double chance_to_show(double rate, double bound, double confidence, std::uint64_t trials,
                      Limits limits = Limits::exact);

/// The probability that the exact McNemar test at error `alpha` finds, from `pairs` independent ones, a loss,
/// where a pair is lost with probability `lost` and gained with probability `gained`. Exact but for pairs
/// gained that come with probability below 1e-9.
double chance_to_find_loss(std::uint64_t pairs, double lost, double gained, double alpha);

/// The smallest excess of losses over gains, as a share of pairs, that it finds with probability `chance`,
/// where pairs are gained with probability `gained`, or with what greater losses leave them. Nothing: it
/// finds none, however great.
std::optional<double> smallest_loss_found(std::uint64_t pairs, double gained, double alpha, double chance);

}  // namespace hearsay::verdict
