#pragma once

// Hand-made results to show.

#include "report/report.hpp"

namespace hearsay::report {

inline measure::VersionRecord committed(Version version, Duration latency) {
  measure::VersionRecord record;
  record.version = version;
  record.end = measure::End::committed;
  record.published = version * kSecond;
  record.committed = record.published + latency;
  record.required = 50;
  record.holding = 50;
  record.learnings = 50;
  record.sent = 750;
  return record;
}

inline measure::VersionRecord lost(Version version, std::uint32_t holding) {
  measure::VersionRecord record;
  record.version = version;
  record.end = measure::End::lost;
  record.published = version * kSecond;
  record.required = 50;
  record.holding = holding;
  record.learnings = holding;
  record.sent = 780;
  return record;
}

/// Twenty versions, of which the seventh missed two nodes; a fault that hit, one that is off, one too late.
inline Result lossy() {
  Result result;
  result.scenario.name = "thirty percent loss";
  result.scenario.file = "scenarios/loss-30.toml";
  measure::Outcome& outcome = result.outcome;
  outcome.world = "live";
  outcome.seed = 7;
  outcome.nodes = 50;
  outcome.duration = 31 * kSecond;
  for (Version version = 1; version <= 20; ++version) {
    outcome.versions.push_back(version == 7 ? lost(7, 48)
                                            : committed(version, 2'011'200 + version * 100'000));
  }
  outcome.versions[6].taken = {{0, 31}};
  outcome.versions[6].refused = 1;
  outcome.messages = {.sent = 15'030, .delivered = 10'521, .dropped = 4'500, .failed = 9};
  outcome.faults = {
      {.name = "bad wifi",
       .kind = "drop",
       .eligible = 15'030,
       .hit = 4'500,
       .opened = true,
       .expected_hits = 4'509,
       .chance = 0.3,
       .independent = true},
      {.name = "slow", .kind = "delay", .off = true, .opened = true},
      {.name = "late", .kind = "kill", .on_nodes = true},
  };
  outcome.learned_digest = Digest{0x00000000000000ffULL, 0x0123456789abcdefULL};
  outcome.lag = measure::Lag{120, 1'500, 20'000};
  result.judgement.verdict = verdict::Verdict::fail;
  result.judgement.expectations = {
      {"commit_rate >= 99%", 0.95, verdict::Interval{0.75, 0.998}, 0.95, verdict::Verdict::inconclusive,
       "19 of 20 versions committed"},
      {"commit_latency.max <= 8s", std::nullopt, std::nullopt, 0.95, verdict::Verdict::fail,
       "it is infinite, since a version was lost"},
      {"lost <= 1", 1, std::nullopt, 0.95, verdict::Verdict::pass, "it is 1"},
  };
  result.judgement.reasons = {"fault \"late\" never hit: its window never opened"};
  return result;
}

/// An interrupted run in which nothing was settled, of a deterministic world.
inline Result unsettled() {
  Result result;
  result.scenario.name = "empty";
  result.outcome.world = "sim";
  result.outcome.seed = 1;
  result.outcome.nodes = 3;
  result.outcome.interrupted = true;
  result.outcome.versions.resize(1);
  result.outcome.versions[0].version = 1;
  result.outcome.trace_digest = Digest{1, 0};
  result.judgement.verdict = verdict::Verdict::inconclusive;
  return result;
}

}  // namespace hearsay::report
