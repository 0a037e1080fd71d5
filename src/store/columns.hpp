#pragma once

// The columns of each table of results, in the order of the schema, one list of them for writing, reading and
// checking. `each` is called with every field; a `const` record is only read.

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "measure/outcome.hpp"

namespace hearsay::store {

template <typename T, typename Record>
concept Of = std::same_as<std::remove_const_t<T>, Record>;

/// A time that is NULL where it is kNever.
template <typename Time>
struct OrNever {
  Time& time;
};

template <typename Time>
OrNever(Time&) -> OrNever<Time>;

template <typename Each, typename... Fields>
void for_all(Each& each, Fields&&... fields) {
  (each(std::forward<Fields>(fields)), ...);
}

/// What of a cell is no list: a row of `results`.
struct Totals {
  std::optional<double> theory = {};
  std::string world = {};
  std::uint64_t seed = 0;
  std::uint32_t runs = 0;
  std::uint32_t nodes = 0;
  Duration duration = 0;
  bool by_run = false;
  measure::Messages messages = {};
  bool asks_recovery = false;
  measure::Recovery recovery = {};
  bool has_lag = false;
  measure::Lag lag = {};
  std::optional<std::string> trace_digest = {};
  std::string learned_digest = {};
};

template <Of<Totals> Record, typename Each>
void each_column(Record& totals, Each&& each) {
  for_all(each, totals.theory, totals.world, totals.seed, totals.runs, totals.nodes, totals.duration,
          totals.by_run);
  auto& messages = totals.messages;
  for_all(each, messages.sent, messages.delivered, messages.dropped, messages.failed, messages.in_flight,
          messages.duplicated, messages.delayed, messages.rejected, messages.foreign, totals.asks_recovery,
          OrNever{totals.recovery.longest}, totals.recovery.unhealed, totals.has_lag, totals.lag.p50,
          totals.lag.p99, totals.lag.max, totals.trace_digest, totals.learned_digest);
}

/// A row of `versions`. None is open in a cell that has ended: one that did not commit is lost.
template <Of<measure::VersionRecord> Record, typename Each>
void each_column(Record& version, Each&& each) {
  for_all(each, version.run, version.version, version.published, OrNever{version.committed}, version.required,
          version.holding, version.learnings, version.sent, OrNever{version.last_learned}, version.refused);
}

/// A message a fault took: a row of `taken`.
template <Of<measure::Taken> Record, typename Each>
void each_column(Record& taken, Each&& each) {
  for_all(each, taken.fault, taken.messages);
}

/// A row of `faults`.
template <Of<measure::Evidence> Record, typename Each>
void each_column(Record& fault, Each&& each) {
  for_all(each, fault.name, fault.kind, fault.eligible, fault.hit, fault.on_nodes, fault.off, fault.opened,
          fault.shared, fault.expected_hits, fault.chance, fault.independent, fault.instants);
}

/// A row of `phases`.
template <Of<measure::PhaseMessages> Record, typename Each>
void each_column(Record& phase, Each&& each) {
  for_all(each, phase.name, phase.sent, phase.dropped, phase.duplicated, phase.delayed);
}

}  // namespace hearsay::store
