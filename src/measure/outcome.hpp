#pragma once

// What a run measured: plain data that every world fills in alike, and that verdicts and reports read.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/digest.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"

namespace hearsay::measure {

/// How a version ended.
enum class End {
  committed,
  lost,
  open,  ///< only after an interruption: published less than `deadline` before it
};

/// Messages of one fault's dropping that were on their way to nodes which still lacked the version when it
/// settled.
struct Taken {
  std::uint32_t fault;  ///< index into Outcome::faults
  std::uint64_t messages;
};

/// One version of one run.
struct VersionRecord {
  std::uint32_t run = 0;  ///< 0.. of a merged result
  Version version = 0;
  End end = End::open;
  Tick published = 0;          ///< the intended instant
  Tick committed = kNever;     ///< kNever unless it ended committed
  std::uint32_t required = 0;  ///< how many nodes had to hold it when it settled
  std::uint32_t holding = 0;   ///< how many of those held it then
  std::uint64_t learnings = 0;
  std::uint64_t sent = 0;         ///< messages of it
  Tick last_learned = kNever;     ///< the last time a node learned it; kNever: it never entered the cluster
  std::vector<Taken> taken = {};  ///< for a lost one: what kept it from the nodes that lack it
  std::uint64_t refused = 0;      ///< for a lost one: messages that failed on the way to nodes that lack it

  bool never_entered() const { return learnings == 0; }

  /// kNever for a lost one.
  Duration latency() const { return end == End::committed ? committed - published : kNever; }
};

/// The balance of messages: sent = delivered + dropped + failed + in_flight, exactly.
struct Messages {
  std::uint64_t sent = 0;
  std::uint64_t delivered = 0;  ///< the receiver's handler took it in
  std::uint64_t dropped = 0;    ///< a fault took it
  std::uint64_t failed = 0;     ///< the wire broke it, or the receiver was down
  std::uint64_t in_flight = 0;  ///< neither yet when the run ended
  std::uint64_t duplicated = 0;
  std::uint64_t delayed = 0;   ///< held back by a fault
  std::uint64_t rejected = 0;  ///< delivered, but the receiver found it invalid
  std::uint64_t foreign = 0;   ///< requests of foreign clients: no messages of ours, counted apart

  Messages& operator+=(const Messages& other);
};

/// The proof that a fault hit.
struct Evidence {
  std::string name;
  std::string kind;
  std::uint64_t eligible = 0;  ///< what reached it, matched its selectors and came in its window
  std::uint64_t hit = 0;
  bool on_nodes = false;  ///< it acts on nodes: eligible when it acts, hit when a version is unsettled then
  bool off = false;       ///< set to do nothing
  bool opened = false;    ///< a window of it opened before the run ended
  bool shared = false;    ///< it drew something that the versions of a run share
  double expected_hits =
      0;  ///< where each eligible one is hit by chance: the expected number; else = eligible
  std::optional<double> chance = {};  ///< the configured one that an eligible message is hit, if there is one
  bool independent = false;  ///< each eligible message was hit by `chance`, whatever became of the others

  std::vector<Tick> times = {};  ///< of one on nodes: when it acted, the first kMostTimes instants
  std::uint64_t instants = 0;    ///< how many there were
  static constexpr std::size_t kMostTimes = 1'000;

  /// It acted at this instant, for the first time.
  void add_time(Tick at) {
    if (++instants <= kMostTimes) times.push_back(at);
  }
};

/// How late the machine was: with what was due, and with each message, until its receiver took it in or it
/// came to nothing.
struct Lag {
  Duration p50 = 0;
  Duration p99 = 0;
  Duration max = 0;
};

/// The worst of both in each figure; one that is not there says nothing.
std::optional<Lag> worst(const std::optional<Lag>& a, const std::optional<Lag>& b);

/// The messages sent while a phase of the scenario was open.
struct PhaseMessages {
  std::string name;
  std::uint64_t sent = 0;
  std::uint64_t dropped = 0;
  std::uint64_t duplicated = 0;
  std::uint64_t delayed = 0;
};

/// How a run recovered from its faults, or the worst of several did.
struct Recovery {
  Duration longest = 0;  ///< from when the faults healed until every node that was up held every version
                         ///< published before; kNever: that never came
  std::uint32_t unhealed = 0;  ///< so many runs ended before their faults healed; they do not count above
};

/// What statistics count as one independent observation.
enum class Unit { version, run };

/// One run, or several merged ones.
struct Outcome {
  std::string world;
  std::uint64_t seed = 0;  ///< of the first run; run i uses seed + i
  std::uint32_t runs = 1;
  std::uint32_t nodes = 0;
  Duration duration = 0;  ///< summed over the runs
  bool interrupted = false;
  Unit unit = Unit::version;
  bool sequential = false;  ///< runs were added until what they showed was enough: limits must bear that
  std::vector<VersionRecord> versions;  ///< by run, then in order of publishing
  Messages messages;
  std::vector<PhaseMessages> phases;   ///< of those phases that expectations name
  std::vector<Evidence> faults;        ///< in file order
  std::optional<Recovery> recovery;    ///< only where it was asked for
  std::optional<Digest> trace_digest;  ///< only of deterministic worlds
  Digest learned_digest = {};          ///< who learned what in which life, no times
  std::optional<Lag> lag;              ///< only where there is a machine to be late
};

/// The figures that text, JSON and verdicts give of an outcome's versions. Open versions count only in
/// `published` and `open`.
struct Summary {
  std::uint64_t published = 0;
  std::uint64_t committed = 0;
  std::uint64_t lost = 0;
  std::uint64_t never_entered = 0;
  std::uint64_t open = 0;
  double coverage = 0;  ///< mean share of the required nodes that hold a settled version; 1 if there is none
  double per_version = 0;           ///< messages sent per version published; 0 if there is none
  double redundancy = 0;            ///< messages sent per learning, less one; 0 if there is none
  std::vector<Duration> latencies;  ///< of committed and lost versions, ascending; lost: kNever
};

Summary summarize(const Outcome& outcome);

/// Nearest rank: the smallest value that at least `share` (0..1) of the values do not exceed; 0: the least.
/// `ascending` must not be empty.
Duration quantile(const std::vector<Duration>& ascending, double share);

/// The quantile of a summary's latencies. Nothing: it falls on a lost version, or no version has settled.
std::optional<Duration> latency(const Summary& summary, double share);

/// Appends the next run of the same scenario under another seed: sums counts, messages and evidence, joins
/// the versions, takes the worst lag, and folds the digests in order.
void merge(Outcome& into, Outcome&& next);

}  // namespace hearsay::measure
