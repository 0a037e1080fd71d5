#include "measure/outcome.hpp"

#include <xxhash.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "base/check.hpp"

namespace hearsay::measure {
namespace {

double share_holding(const VersionRecord& version) {
  if (version.required == 0) return 0;
  return static_cast<double>(version.holding) / version.required;
}

double ratio(std::uint64_t part, std::uint64_t whole) {
  return static_cast<double>(part) / static_cast<double>(whole);
}

void count(Summary& summary, const VersionRecord& version) {
  ++summary.published;
  if (version.end == End::open) {
    ++summary.open;
    return;
  }
  if (version.end == End::committed) ++summary.committed;
  if (version.end == End::lost) ++summary.lost;
  if (version.never_entered()) ++summary.never_entered;
  summary.coverage += share_holding(version);
  summary.latencies.push_back(version.latency());
}

Digest fold(const Digest& so_far, const Digest& next) {
  const std::uint64_t chain[] = {so_far.low, so_far.high, next.low, next.high};
  const XXH128_hash_t hash = XXH3_128bits(chain, sizeof chain);
  return {hash.low64, hash.high64};
}

void merge(Evidence& into, const Evidence& next) {
  HEARSAY_CHECK(into.name == next.name, "merged runs are of one scenario");
  into.eligible += next.eligible;
  into.hit += next.hit;
  into.opened |= next.opened;
  into.shared |= next.shared;
  into.expected_hits += next.expected_hits;
  into.independent &= next.independent && into.chance == next.chance;
  if (into.chance != next.chance) into.chance.reset();
  into.instants += next.instants;
  const std::size_t room = Evidence::kMostTimes - into.times.size();
  into.times.insert(into.times.end(), next.times.begin(),
                    next.times.begin() + static_cast<std::ptrdiff_t>(std::min(room, next.times.size())));
}

void merge(PhaseMessages& into, const PhaseMessages& next) {
  HEARSAY_CHECK(into.name == next.name, "merged runs are of one scenario");
  into.sent += next.sent;
  into.dropped += next.dropped;
  into.duplicated += next.duplicated;
  into.delayed += next.delayed;
}

void merge(std::optional<Recovery>& into, const std::optional<Recovery>& next) {
  if (!into || !next) return;
  into->longest = std::max(into->longest, next->longest);
  into->unhealed += next->unhealed;
}

void append(std::vector<VersionRecord>& into, std::vector<VersionRecord>&& next, std::uint32_t run) {
  for (VersionRecord& version : next) version.run = run;
  into.insert(into.end(), std::make_move_iterator(next.begin()), std::make_move_iterator(next.end()));
}

}  // namespace

std::optional<Lag> worst(const std::optional<Lag>& a, const std::optional<Lag>& b) {
  if (!a || !b) return a ? a : b;
  return Lag{std::max(a->p50, b->p50), std::max(a->p99, b->p99), std::max(a->max, b->max)};
}

Messages& Messages::operator+=(const Messages& other) {
  sent += other.sent;
  delivered += other.delivered;
  dropped += other.dropped;
  failed += other.failed;
  in_flight += other.in_flight;
  duplicated += other.duplicated;
  delayed += other.delayed;
  rejected += other.rejected;
  foreign += other.foreign;
  return *this;
}

Summary summarize(const Outcome& outcome) {
  Summary summary;
  std::uint64_t learnings = 0;
  for (const VersionRecord& version : outcome.versions) {
    count(summary, version);
    learnings += version.learnings;
  }
  const std::uint64_t settled = summary.committed + summary.lost;
  summary.coverage = settled == 0 ? 1 : summary.coverage / static_cast<double>(settled);
  if (summary.published > 0) summary.per_version = ratio(outcome.messages.sent, summary.published);
  if (learnings > 0) summary.redundancy = ratio(outcome.messages.sent, learnings) - 1;
  std::sort(summary.latencies.begin(), summary.latencies.end());
  return summary;
}

Duration quantile(const std::vector<Duration>& ascending, double share) {
  const auto count = static_cast<double>(ascending.size());
  auto rank = static_cast<std::size_t>(std::ceil(share * count));
  // The product may round up past a whole number: 0.07 * 100 > 7, but 7 / 100 is 0.07.
  if (rank > 1 && static_cast<double>(rank - 1) / count >= share) --rank;
  return ascending[std::clamp<std::size_t>(rank, 1, ascending.size()) - 1];
}

std::optional<Duration> latency(const Summary& summary, double share) {
  if (summary.latencies.empty()) return {};
  const Duration found = quantile(summary.latencies, share);
  return found == kNever ? std::nullopt : std::optional(found);
}

void merge(Outcome& into, Outcome&& next) {
  HEARSAY_CHECK(next.runs == 1, "runs are merged one by one, so that the fold of digests has one order");
  HEARSAY_CHECK(into.faults.size() == next.faults.size() && into.phases.size() == next.phases.size(),
                "merged runs are of one scenario");
  append(into.versions, std::move(next.versions), into.runs);
  into.runs += 1;
  into.duration += next.duration;
  into.interrupted |= next.interrupted;
  if (next.unit == Unit::run) into.unit = Unit::run;
  into.messages += next.messages;
  for (std::size_t i = 0; i < into.faults.size(); ++i) merge(into.faults[i], next.faults[i]);
  for (std::size_t i = 0; i < into.phases.size(); ++i) merge(into.phases[i], next.phases[i]);
  if (into.trace_digest && next.trace_digest) {
    into.trace_digest = fold(*into.trace_digest, *next.trace_digest);
  } else {
    into.trace_digest.reset();
  }
  into.learned_digest = fold(into.learned_digest, next.learned_digest);
  into.lag = worst(into.lag, next.lag);
  merge(into.recovery, next.recovery);
}

}  // namespace hearsay::measure
