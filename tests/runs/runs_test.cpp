// Many runs on several threads: what comes of them is what comes of one after the other.

#include "runs/runs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/wait_until.hpp"

namespace hearsay::runs {
namespace {

using ::testing::ElementsAre;
using ::testing::ThrowsMessage;
using testing::wait_until;

constexpr std::uint64_t kFirstSeed = 100;

scenario::Scenario some_scenario() {
  scenario::Scenario scenario;
  scenario.seed = kFirstSeed;
  return scenario;
}

/// What a world would give that has one version and nothing but its seed to tell.
measure::Outcome outcome_of(std::uint64_t seed) {
  measure::Outcome outcome;
  outcome.seed = seed;
  outcome.duration = static_cast<Duration>(seed);
  outcome.versions.resize(1);
  outcome.versions[0].published = static_cast<Tick>(seed);
  outcome.messages.sent = seed * seed;
  outcome.trace_digest = Digest{seed, 1};
  outcome.learned_digest = Digest{seed, 2};
  return outcome;
}

/// A watch that never interrupts, unless told.
class Told final : public Watch {
 public:
  bool interrupted() override { return stop; }
  void done(std::uint32_t runs) override { dones.push_back(runs); }

  std::atomic<bool> stop = false;
  std::vector<std::uint32_t> dones;
};

measure::Outcome runs(std::uint32_t repeat, std::uint32_t jobs, const runs::Run& run) {
  Told watch;
  Runs all = run_all(some_scenario(), repeat, jobs, run, watch);
  if (all.thrown) std::rethrow_exception(all.thrown);
  return *std::move(all.outcome);
}

/// The seeds that an outcome was merged from, in that order.
std::vector<std::uint64_t> seeds_of(const measure::Outcome& outcome) {
  std::vector<std::uint64_t> seeds;
  for (const measure::VersionRecord& version : outcome.versions)
    seeds.push_back(static_cast<std::uint64_t>(version.published));
  return seeds;
}

class RunsTest : public ::testing::TestWithParam<std::uint32_t> {
 protected:
  std::uint32_t jobs() const { return GetParam(); }
};

TEST_P(RunsTest, AreMergedInTheOrderOfTheirSeeds) {
  const std::uint32_t repeat = 100;
  const measure::Outcome all = runs(repeat, jobs(), [](const scenario::Scenario& scenario, core::Observer&) {
    // Late ones come before early ones.
    for (std::uint64_t i = scenario.seed % 7; i > 0; --i) std::this_thread::yield();
    return outcome_of(scenario.seed);
  });
  measure::Outcome expected = outcome_of(kFirstSeed);
  for (std::uint64_t seed = kFirstSeed + 1; seed < kFirstSeed + repeat; ++seed)
    measure::merge(expected, outcome_of(seed));
  EXPECT_EQ(all.seed, kFirstSeed);
  EXPECT_EQ(all.runs, repeat);
  EXPECT_EQ(all.messages.sent, expected.messages.sent);
  EXPECT_EQ(all.duration, expected.duration);
  EXPECT_EQ(all.trace_digest, expected.trace_digest);
  EXPECT_EQ(all.learned_digest, expected.learned_digest);
  EXPECT_EQ(seeds_of(all), seeds_of(expected));
  EXPECT_FALSE(all.interrupted);
}

TEST_P(RunsTest, EndWhenTheyAreEnoughHoweverManyAtOnce) {
  const runs::Run run = [](const scenario::Scenario& scenario, core::Observer&) {
    return outcome_of(scenario.seed);
  };
  std::vector<std::uint32_t> looks;
  const Enough enough = [&](const measure::Outcome& merged) {
    looks.push_back(merged.runs);
    return merged.runs >= 42;
  };
  Told watch;
  const auto [all, thrown] = run_all(some_scenario(), 1000, jobs(), run, watch, enough);
  EXPECT_EQ(thrown, nullptr);
  EXPECT_EQ(all->runs, looks.back());
  EXPECT_GE(all->runs, 42U);
  EXPECT_LT(all->runs, 45U);
  EXPECT_TRUE(all->sequential);
  EXPECT_FALSE(all->interrupted);
  EXPECT_LT(looks.size(), 42U);
}

TEST_P(RunsTest, ThatAreNeverEnoughAreAll) {
  const runs::Run run = [](const scenario::Scenario& scenario, core::Observer&) {
    return outcome_of(scenario.seed);
  };
  Told watch;
  const auto [all, thrown] =
      run_all(some_scenario(), 30, jobs(), run, watch, [](const measure::Outcome&) { return false; });
  EXPECT_EQ(thrown, nullptr);
  EXPECT_EQ(all->runs, 30U);
  EXPECT_TRUE(all->sequential);
  EXPECT_FALSE(all->interrupted);
}

TEST_P(RunsTest, AreAllTold) {
  Told watch;
  run_all(
      some_scenario(), 20, jobs(),
      [](const scenario::Scenario& scenario, core::Observer&) { return outcome_of(scenario.seed); }, watch);
  EXPECT_EQ(watch.dones.size(), 20U);
  EXPECT_TRUE(std::is_sorted(watch.dones.begin(), watch.dones.end()));
  EXPECT_EQ(watch.dones.back(), 20U);
}

TEST_P(RunsTest, TheFirstThatIsInterruptedIsTheLastThatCounts) {
  const measure::Outcome all = runs(50, jobs(), [](const scenario::Scenario& scenario, core::Observer&) {
    measure::Outcome outcome = outcome_of(scenario.seed);
    outcome.interrupted = scenario.seed == kFirstSeed + 3 || scenario.seed == kFirstSeed + 5;
    return outcome;
  });
  EXPECT_TRUE(all.interrupted);
  EXPECT_THAT(seeds_of(all), ElementsAre(100, 101, 102, 103));
}

TEST_P(RunsTest, AnInterruptionBetweenTwoLeavesThoseThatAreDone) {
  Told watch;
  const auto [all, thrown] = run_all(
      some_scenario(), 1'000, jobs(),
      [&](const scenario::Scenario& scenario, core::Observer&) {
        if (scenario.seed == kFirstSeed + 4) watch.stop = true;
        return outcome_of(scenario.seed);
      },
      watch);
  EXPECT_TRUE(all->interrupted);
  EXPECT_GE(all->runs, 5U);
  EXPECT_LE(all->runs, jobs() == 1 ? 5U : 4U + 4 * jobs()) << "those that had begun";
  EXPECT_EQ(watch.dones.back(), all->runs);
}

TEST_P(RunsTest, AnInterruptionEndsAllThatRun) {
  Told watch;
  std::atomic<std::uint32_t> running = 0;
  const auto [all, thrown] = run_all(
      some_scenario(), 1'000, jobs(),
      [&](const scenario::Scenario& scenario, core::Observer& observer) {
        if (++running == jobs()) watch.stop = true;
        measure::Outcome outcome = outcome_of(scenario.seed);
        outcome.interrupted = wait_until([&] { return observer.interrupted(); });
        return outcome;
      },
      watch);
  EXPECT_TRUE(all->interrupted);
  EXPECT_EQ(running, jobs());
  EXPECT_THAT(seeds_of(*all), ElementsAre(kFirstSeed));
}

TEST_P(RunsTest, OneRunIsWhole) {
  const measure::Outcome one = runs(1, jobs(), [](const scenario::Scenario& scenario, core::Observer&) {
    return outcome_of(scenario.seed);
  });
  EXPECT_EQ(one.runs, 1U);
  EXPECT_EQ(one.trace_digest, outcome_of(kFirstSeed).trace_digest);
}

TEST_P(RunsTest, TheFirstExceptionInTheOrderOfSeedsIsThrown) {
  const auto run = [](const scenario::Scenario& scenario, core::Observer&) -> measure::Outcome {
    if (scenario.seed == kFirstSeed + 3) {
      for (int i = 0; i < 1'000; ++i) std::this_thread::yield();
      throw std::runtime_error("of run 3");
    }
    if (scenario.seed > kFirstSeed + 3) throw std::runtime_error("of a later run");
    return outcome_of(scenario.seed);
  };
  EXPECT_THAT([&] { runs(50, jobs(), run); }, ThrowsMessage<std::runtime_error>("of run 3"));
}

TEST_P(RunsTest, WhatEndedBeforeAnExceptionIsKept) {
  Told watch;
  const auto [all, thrown] = run_all(
      some_scenario(), 50, jobs(),
      [](const scenario::Scenario& scenario, core::Observer&) {
        if (scenario.seed == kFirstSeed + 3) throw std::runtime_error("of run 3");
        return outcome_of(scenario.seed);
      },
      watch);
  EXPECT_NE(thrown, nullptr);
  EXPECT_TRUE(all->interrupted);
  EXPECT_THAT(seeds_of(*all), ElementsAre(100, 101, 102));
}

TEST_P(RunsTest, WhatIsInterruptedBeforeAnExceptionDecides) {
  const measure::Outcome all =
      runs(50, jobs(), [](const scenario::Scenario& scenario, core::Observer&) -> measure::Outcome {
        if (scenario.seed > kFirstSeed + 2) throw std::runtime_error("of a later run");
        measure::Outcome outcome = outcome_of(scenario.seed);
        outcome.interrupted = scenario.seed == kFirstSeed + 2;
        return outcome;
      });
  EXPECT_TRUE(all.interrupted);
  EXPECT_EQ(all.runs, 3U);
}

TEST_P(RunsTest, WhatCannotBeMergedIsThrown) {
  const auto run = [](const scenario::Scenario& scenario, core::Observer&) {
    measure::Outcome outcome = outcome_of(scenario.seed);
    if (scenario.seed == kFirstSeed + 9) outcome.faults.resize(1);
    return outcome;
  };
  EXPECT_THROW(runs(50, jobs(), run), std::logic_error);
}

INSTANTIATE_TEST_SUITE_P(Jobs, RunsTest, ::testing::Values(1, 2, 7), ::testing::PrintToStringParamName());

TEST(RunsAtOnce, AreAsManyAsAskedFor) {
  std::atomic<std::uint32_t> running = 0;
  const measure::Outcome all = runs(3, 3, [&](const scenario::Scenario& scenario, core::Observer&) {
    ++running;
    EXPECT_TRUE(wait_until([&] { return running == 3; }));
    return outcome_of(scenario.seed);
  });
  EXPECT_EQ(all.runs, 3U);
}

/// The first run ends only when nothing else moves any more, so that all later ones wait for it to be merged.
TEST(RunsAtOnce, DoNotGoFarAheadOfTheSlowest) {
  constexpr std::uint32_t kJobs = 3;
  constexpr std::uint32_t kMostAhead = 4 * kJobs;
  std::atomic<std::uint32_t> begun = 0;
  std::atomic<std::uint32_t> begun_before_the_first_ended = 0;
  const measure::Outcome all = runs(100, kJobs, [&](const scenario::Scenario& scenario, core::Observer&) {
    ++begun;
    if (scenario.seed == kFirstSeed) {
      EXPECT_TRUE(wait_until([&] { return begun == kMostAhead; }));
      for (int i = 0; i < 1'000; ++i) std::this_thread::yield();
      begun_before_the_first_ended = begun.load();
    }
    return outcome_of(scenario.seed);
  });
  EXPECT_EQ(begun_before_the_first_ended, kMostAhead);
  EXPECT_EQ(all.runs, 100U);
}

/// Run 1 throws while run 0 and run 2 are at work: run 0 may go on, run 2 is cut short.
TEST(RunsAtOnce, ThoseAfterAnExceptionAreCutShortThoseBeforeItAreNot) {
  std::atomic<bool> cut_short = false;
  std::atomic<std::uint32_t> running = 0;
  const auto run = [&](const scenario::Scenario& scenario, core::Observer& observer) {
    ++running;
    EXPECT_TRUE(wait_until([&] { return running == 3; }));
    if (scenario.seed == kFirstSeed + 1) throw std::runtime_error("of run 1");
    measure::Outcome outcome = outcome_of(scenario.seed);
    if (scenario.seed == kFirstSeed) {
      EXPECT_TRUE(wait_until([&] { return cut_short.load(); }));
      EXPECT_FALSE(observer.interrupted());
    } else {
      cut_short = outcome.interrupted = wait_until([&] { return observer.interrupted(); });
    }
    return outcome;
  };
  EXPECT_THAT([&] { runs(100, 3, run); }, ThrowsMessage<std::runtime_error>("of run 1"));
  EXPECT_TRUE(cut_short);
  EXPECT_EQ(running, 3U);
}

TEST(RunsOneAfterTheOther, StayOnTheThreadOfTheCallerAndReportToTheWatch) {
  class Counting final : public Watch {
   public:
    void progress(const core::Progress&) override { ++reports; }
    int reports = 0;
  } watch;
  std::set<std::thread::id> threads;
  run_all(
      some_scenario(), 3, 1,
      [&](const scenario::Scenario& scenario, core::Observer& observer) {
        threads.insert(std::this_thread::get_id());
        observer.progress({});
        return outcome_of(scenario.seed);
      },
      watch);
  EXPECT_THAT(threads, ElementsAre(std::this_thread::get_id()));
  EXPECT_EQ(watch.reports, 3);
}

}  // namespace
}  // namespace hearsay::runs
