// What a cell shows is read back as it was written, every field of it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <tuple>

#include "tests/store/filled.hpp"

namespace hearsay::store {
namespace {

using measure::Outcome;

// Every structure is taken apart whole: one with another field no longer compiles here, as a reminder that
// the store must keep it.
auto parts(const measure::Taken& taken) {
  const auto& [fault, messages] = taken;
  return std::tuple(fault, messages);
}

auto parts(const measure::VersionRecord& record) {
  const auto& [run, version, end, published, committed, required, holding, learnings, sent, last_learned,
               taken, refused] = record;
  std::vector<decltype(parts(taken[0]))> by_fault;
  for (const measure::Taken& each : taken) by_fault.push_back(parts(each));
  return std::tuple(run, version, end, published, committed, required, holding, learnings, sent, last_learned,
                    by_fault, refused);
}

auto parts(const measure::Messages& messages) {
  const auto& [sent, delivered, dropped, failed, in_flight, duplicated, delayed, rejected, foreign] =
      messages;
  return std::tuple(sent, delivered, dropped, failed, in_flight, duplicated, delayed, rejected, foreign);
}

auto parts(const measure::Evidence& fault) {
  const auto& [name, kind, eligible, hit, on_nodes, off, opened, shared, expected_hits, chance, independent,
               times, instants] = fault;
  return std::tuple(name, kind, eligible, hit, on_nodes, off, opened, shared, expected_hits, chance,
                    independent, times, instants);
}

auto parts(const measure::PhaseMessages& phase) {
  const auto& [name, sent, dropped, duplicated, delayed] = phase;
  return std::tuple(name, sent, dropped, duplicated, delayed);
}

auto parts(const std::optional<measure::Recovery>& recovery) {
  const auto& [longest, unhealed] = recovery.value_or(measure::Recovery{-1, 0});
  return std::tuple(longest, unhealed);
}

auto parts(const std::optional<measure::Lag>& lag) {
  const auto& [p50, p99, max] = lag.value_or(measure::Lag{-1, 0, 0});
  return std::tuple(p50, p99, max);
}

template <typename Record>
auto parts(const std::vector<Record>& records) {
  std::vector<decltype(parts(records[0]))> all;
  for (const Record& record : records) all.push_back(parts(record));
  return all;
}

void expect_same(const Measured& a, const Measured& b) {
  const auto& [world, seed, runs, nodes, duration, interrupted, unit, sequential, versions, messages, phases,
               faults, recovery, trace_digest, learned_digest, lag] = a.outcome;
  EXPECT_EQ(std::tie(world, seed, runs, nodes, duration, interrupted, unit, sequential, trace_digest,
                     learned_digest),
            std::tie(b.outcome.world, b.outcome.seed, b.outcome.runs, b.outcome.nodes, b.outcome.duration,
                     b.outcome.interrupted, b.outcome.unit, b.outcome.sequential, b.outcome.trace_digest,
                     b.outcome.learned_digest));
  EXPECT_EQ(parts(versions), parts(b.outcome.versions));
  EXPECT_EQ(parts(messages), parts(b.outcome.messages));
  EXPECT_EQ(parts(phases), parts(b.outcome.phases));
  EXPECT_EQ(parts(faults), parts(b.outcome.faults));
  EXPECT_EQ(parts(recovery), parts(b.outcome.recovery));
  EXPECT_EQ(parts(lag), parts(b.outcome.lag));
  EXPECT_EQ(a.theory, b.theory);
}

class Cells : public InAFolder {};

TEST_F(Cells, AreReadAsTheyWereWritten) {
  Store store(path(), three_cells());
  store.keep(1, all_kinds());
  expect_same(loaded(store, 1), all_kinds());
}

// Else a store that another build has filled could not be read.
TEST_F(Cells, HaveTheChecksumThatTheyEverHad) {
  Store(path(), three_cells()).keep(0, all_kinds());
  EXPECT_EQ(Database(path(), Database::Access::write).text("SELECT checksum FROM results"),
            "6020a89a67e6f1e6e189201ad5208158");
}

TEST_F(Cells, MayLackWhatNotEveryRunHas) {
  Measured bare = all_kinds();
  bare.theory.reset();
  bare.outcome.recovery.reset();
  bare.outcome.trace_digest.reset();
  bare.outcome.lag.reset();
  bare.outcome.phases.clear();
  bare.outcome.faults.clear();
  for (measure::VersionRecord& version : bare.outcome.versions) version.taken.clear();
  Store store(path(), three_cells());
  store.keep(0, bare);
  expect_same(loaded(store, 0), bare);
}

TEST_F(Cells, AreWholeInAnotherProcessToo) {
  {
    Store store(path(), three_cells());
    store.keep(2, all_kinds(5));
  }
  Store store(path());
  EXPECT_FALSE(store.has(0));
  ASSERT_TRUE(store.has(2));
  EXPECT_EQ(store.finished(), 1);
  expect_same(loaded(store, 2), all_kinds(5));
}

}  // namespace
}  // namespace hearsay::store
