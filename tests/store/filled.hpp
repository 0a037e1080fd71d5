#pragma once

// Stores as tests fill them.

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>

#include "store/store.hpp"

namespace hearsay::store {

/// A folder of its own, gone with all that is in it.
class InAFolder : public ::testing::Test {
 protected:
  InAFolder() {
    std::string pattern = ::testing::TempDir() + "hearsay-store-XXXXXX";
    folder_ = mkdtemp(pattern.data());
  }
  ~InAFolder() override { std::filesystem::remove_all(folder_); }

  std::string path() const { return folder_ / "it.db"; }

  std::filesystem::path folder_;
};

/// What one cell of a store shows.
inline Measured loaded(Store& store, std::size_t cell) { return std::move(store.load({&cell, 1}).front()); }

/// A cell of one setting.
inline Settings fanout(const std::string& value) { return {Setting{"gossip.fanout", value}}; }

/// Of three cells.
inline Plan three_cells() {
  return {.program = "hearsay 1.0",
          .command = "hearsay sweep it.toml --store it.db",
          .file = "it.toml",
          .scenario = "name = \"it\"\nseed = 7\n",
          .repeat = 2,
          .max_lag = {},
          .cells = {fanout("2"), fanout("3"), fanout("4")}};
}

/// With a value of its own in every field: two runs of two versions, one of them lost, and two faults.
inline Measured all_kinds(std::uint64_t seed = 7) {
  measure::Outcome outcome;
  outcome.world = "live";
  outcome.seed = seed;
  outcome.runs = 2;
  outcome.nodes = 50;
  outcome.duration = 123'456'789;
  outcome.unit = measure::Unit::run;
  for (const std::uint32_t run : {0U, 1U}) {
    measure::VersionRecord committed{.run = run, .version = 1, .end = measure::End::committed};
    committed.published = 1'000'000;
    committed.committed = 3'000'001 + run;
    committed.required = committed.holding = 50;
    committed.learnings = 52;
    committed.sent = 753;
    committed.last_learned = 3'000'001;
    measure::VersionRecord lost{.run = run, .version = 2, .end = measure::End::lost};
    lost.published = 2'000'000;
    lost.required = 50;
    lost.taken = {{0, 31}, {1, 2}};
    lost.refused = 3 + run;
    outcome.versions.insert(outcome.versions.end(), {committed, lost});
  }
  outcome.messages = {15'030, 10'521, 4'500, 8, 1, 5, 6, 7, 9};
  outcome.phases = {{"warmup", 1, 2, 3, 4}, {"bad wifi", 5, 6, 7, 8}};
  measure::Evidence drop{.name = "bad wifi", .kind = "drop", .eligible = 15'030, .hit = 4'500};
  drop.opened = drop.independent = true;
  drop.expected_hits = 15'030 * 0.3;
  drop.chance = 0.3;
  measure::Evidence kill{.name = "crash", .kind = "kill", .eligible = 3, .hit = 2};
  kill.on_nodes = kill.off = kill.shared = true;
  kill.times = {4'000'000, 4'000'000, 5'000'000};
  kill.instants = 4;
  outcome.faults = {drop, kill};
  outcome.recovery = {.longest = kNever, .unhealed = 1};
  outcome.trace_digest = {0xFEDCBA9876543210, 0x1};
  outcome.learned_digest = {0x1, 0xFEDCBA9876543210};
  outcome.lag = {.p50 = 10, .p99 = 20, .max = 30};
  return {outcome, 0.1 + 0.2};
}

}  // namespace hearsay::store
