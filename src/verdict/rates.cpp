#include "verdict/rates.hpp"

#include <vector>

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

CommitRate::CommitRate(const measure::Outcome& outcome, Duration within) : unit_(outcome.unit) {
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
  return lower_limit(committed_, versions_, confidence);
}

double CommitRate::high(double confidence) const {
  if (unit_ == Unit::run) return shares_.high(confidence);
  return upper_limit(committed_, versions_, confidence);
}

Interval CommitRate::two_sided(double confidence) const {
  if (unit_ == Unit::run) return shares_.two_sided(confidence);
  return verdict::two_sided(committed_, versions_, confidence);
}

std::optional<std::uint64_t> CommitRate::more_to_show_at_least(double bound, double confidence) const {
  if (bound >= 1) return {};
  if (unit_ == Unit::run) return shares_.ones_to_show_above(bound, confidence);
  return successes_to_reach(committed_, versions_, bound, confidence);
}

std::optional<std::uint64_t> CommitRate::more_to_show_at_most(double bound, double confidence) const {
  if (bound <= 0) return {};
  if (unit_ == Unit::run) return shares_.zeros_to_show_below(bound, confidence);
  return successes_to_reach(versions_ - committed_, versions_, 1 - bound, confidence);
}

}  // namespace hearsay::verdict
