#include "verdict/rates.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/check.hpp"
#include "verdict/beta.hpp"
#include "verdict/sequence.hpp"

namespace hearsay::verdict {
namespace {

using measure::Unit;

struct Tally {
  std::uint64_t versions = 0;
  std::uint64_t committed = 0;

  double share() const { return static_cast<double>(committed) / static_cast<double>(versions); }
};

std::vector<Tally> by_run(const measure::Outcome& outcome, Duration within) {
  std::vector<Tally> runs(outcome.runs);
  for (const measure::VersionRecord& version : outcome.versions) {
    if (version.end == measure::End::open) continue;
    ++runs.at(version.run).versions;
    if (version.latency() <= within) ++runs[version.run].committed;
  }
  return runs;
}

}  // namespace

CommitRate::CommitRate(const measure::Outcome& outcome, Duration within)
    : unit_(outcome.unit), sequential_(outcome.sequential) {
  for (const Tally& run : by_run(outcome, within)) {
    if (run.versions == 0) continue;
    versions_ += run.versions;
    committed_ += run.committed;
    shares_.add(run.share());
  }
}

std::optional<double> CommitRate::value() const {
  if (versions_ == 0) return {};
  return Tally{versions_, committed_}.share();
}

double CommitRate::low(double confidence) const {
  if (unit_ == Unit::run) return shares_.low(confidence);
  return (sequential_ ? sequence_lower_limit : lower_limit)(committed_, versions_, confidence);
}

double CommitRate::high(double confidence) const {
  if (unit_ == Unit::run) return shares_.high(confidence);
  return (sequential_ ? sequence_upper_limit : upper_limit)(committed_, versions_, confidence);
}

Interval CommitRate::two_sided(double confidence) const {
  if (unit_ == Unit::run) return shares_.two_sided(confidence);
  return (sequential_ ? sequence_two_sided : verdict::two_sided)(committed_, versions_, confidence);
}

std::optional<std::uint64_t> CommitRate::more_to_show_at_least(double bound, double confidence) const {
  if (bound >= 1) return {};
  if (unit_ == Unit::run) return shares_.ones_to_show_above(bound, confidence);
  return more_successes(committed_, bound, confidence);
}

std::optional<std::uint64_t> CommitRate::more_to_show_at_most(double bound, double confidence) const {
  if (bound <= 0) return {};
  if (unit_ == Unit::run) return shares_.zeros_to_show_below(bound, confidence);
  return more_successes(versions_ - committed_, 1 - bound, confidence);
}

double CommitRate::chance_of_so_few(double rate) const {
  HEARSAY_CHECK(!sequential_, "p-values are of runs whose number was fixed");
  if (rate <= 0) return 1;
  if (rate >= 1) return committed_ == versions_ ? 1 : 0;
  if (unit_ == Unit::run) return std::min(1.0, std::exp(-shares_.evidence_below(rate)));
  return binomial_at_most(committed_, versions_, rate);
}

double CommitRate::chance_of_so_many(double rate) const {
  HEARSAY_CHECK(!sequential_, "p-values are of runs whose number was fixed");
  if (rate >= 1) return 1;
  if (rate <= 0) return committed_ == 0 ? 1 : 0;
  if (unit_ == Unit::run) return std::min(1.0, std::exp(-shares_.evidence_above(rate)));
  return binomial_at_least(committed_, versions_, rate);
}

std::uint64_t CommitRate::more_successes(std::uint64_t successes, double bound, double confidence) const {
  return (sequential_ ? sequence_successes_to_reach : successes_to_reach)(successes, versions_, bound,
                                                                          confidence);
}

}  // namespace hearsay::verdict
