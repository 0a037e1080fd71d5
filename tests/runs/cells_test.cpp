// Many cells at once: what they show does not depend on how many runs go at once, and what ends them early.

#include "runs/cells.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "runs/at_once.hpp"
#include "tests/support/wait_until.hpp"

namespace hearsay::runs {
namespace {

class NeverEnds final : public CellWatch {
 public:
  bool interrupted() override { return false; }
  void done(std::uint64_t runs, std::size_t cells) override {
    runs_ = runs;
    cells_ = cells;
  }

  std::uint64_t runs_ = 0;
  std::size_t cells_ = 0;
};

/// A run that shows its seed, and sends as many messages.
measure::Outcome seeded(const scenario::Scenario& scenario, core::Observer&) {
  measure::Outcome outcome;
  outcome.seed = scenario.seed;
  outcome.messages.sent = scenario.seed;
  outcome.learned_digest = {scenario.seed, 0};
  return outcome;
}

/// Cells with seeds 0, 100, 200, …
class CellRunsAtOnce : public ::testing::Test {
 protected:
  std::exception_ptr run(std::uint32_t repeat, std::uint32_t jobs, const runs::Run& run = seeded) {
    std::vector<const scenario::Scenario*> cells;
    for (std::size_t i = 0; i < scenarios_.size(); ++i) {
      scenarios_[i].seed = 100 * i;
      cells.push_back(&scenarios_[i]);
    }
    const Keep keep = [this](std::size_t cell, measure::Outcome outcome) {
      const std::lock_guard lock(mutex_);
      EXPECT_TRUE(kept_.emplace(cell, std::move(outcome)).second);
    };
    return run_cells(cells, repeat, jobs, run, keep, watch_);
  }

  std::vector<scenario::Scenario> scenarios_ = std::vector<scenario::Scenario>(7);
  std::mutex mutex_;
  std::map<std::size_t, measure::Outcome> kept_;
  NeverEnds watch_;
};

TEST_F(CellRunsAtOnce, MergeInTheOrderOfSeeds) {
  EXPECT_EQ(run(5, 1), nullptr);
  const auto one_by_one = std::move(kept_);
  kept_.clear();
  EXPECT_EQ(run(5, 4), nullptr);
  ASSERT_EQ(kept_.size(), 7);
  for (const auto& [cell, outcome] : kept_) {
    EXPECT_EQ(outcome.runs, 5);
    EXPECT_EQ(outcome.seed, 100 * cell);
    EXPECT_EQ(outcome.messages.sent, 500 * cell + 10);
    EXPECT_EQ(outcome.learned_digest, one_by_one.at(cell).learned_digest);
  }
  EXPECT_EQ(watch_.runs_, 35);
  EXPECT_EQ(watch_.cells_, 7);
}

TEST_F(CellRunsAtOnce, EndWithWhatARunThrows) {
  const runs::Run throwing = [](const scenario::Scenario& scenario, core::Observer& observer) {
    if (scenario.seed == 201) throw std::runtime_error("201");
    return seeded(scenario, observer);
  };
  const std::exception_ptr thrown = run(2, 1, throwing);
  EXPECT_THROW(std::rethrow_exception(thrown), std::runtime_error);
  EXPECT_EQ(kept_.size(), 2);
}

// What an interrupted run has shown is of no use, however much of its cell is done.
TEST_F(CellRunsAtOnce, ForgetCellsThatAreInterrupted) {
  const runs::Run ending = [](const scenario::Scenario& scenario, core::Observer& observer) {
    measure::Outcome outcome = seeded(scenario, observer);
    outcome.interrupted = scenario.seed == 302;
    return outcome;
  };
  EXPECT_EQ(run(3, 2, ending), nullptr);
  EXPECT_FALSE(kept_.contains(3));
  EXPECT_FALSE(kept_.contains(6));
}

// The first run of the first cell ends only when no other of that cell may begin. Other cells go on.
TEST_F(CellRunsAtOnce, DoNotGoFarAheadOfTheSlowest) {
  constexpr std::uint32_t kJobs = 3;
  constexpr std::uint32_t kMostAhead = 4 * kJobs;
  std::atomic<std::uint32_t> begun = 0;
  std::atomic<std::uint32_t> others = 0;
  const runs::Run run_with_a_slow_one = [&](const scenario::Scenario& scenario, core::Observer& observer) {
    ++(scenario.seed < 100 ? begun : others);
    if (scenario.seed == 0) {
      EXPECT_TRUE(testing::wait_until([&] { return others == 600 && begun >= kMostAhead; }));
      EXPECT_EQ(begun, kMostAhead);
    }
    return seeded(scenario, observer);
  };
  EXPECT_EQ(run(100, kJobs, run_with_a_slow_one), nullptr);
  EXPECT_EQ(begun, 100U);
  EXPECT_EQ(kept_.size(), 7U);
}

TEST_F(CellRunsAtOnce, EndWithWhatTheirWatchThrows) {
  class Throwing final : public CellWatch {
   public:
    bool interrupted() override { throw std::runtime_error("no more"); }
    void done(std::uint64_t, std::size_t) override {}
  } watch;
  const std::exception_ptr thrown = run_cells(
      {&scenarios_[0]}, 5, 2, seeded, [](std::size_t, const measure::Outcome&) {}, watch);
  EXPECT_THROW(std::rethrow_exception(thrown), std::runtime_error);
}

TEST(AtOnce, CallsEachOnceAndThrowsWhatTheFirstDid) {
  std::vector<int> calls(1'000);
  const auto each = [&](std::size_t number) {
    ++calls[number];
    if (number % 400 == 399) throw std::runtime_error(std::to_string(number));
  };
  try {
    for_each_at_once(calls.size(), 10, each);
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "399");
  }
  EXPECT_EQ(calls, std::vector<int>(1'000, 1));
}

TEST(AtOnce, HasAThreadForWhatIsWorthOne) {
  if (processors() == 1) GTEST_SKIP() << "there is one thread only";
  std::atomic<int> running = 0;
  for_each_at_once(2, 1, [&](std::size_t) {
    ++running;
    EXPECT_TRUE(testing::wait_until([&] { return running == 2; }));
  });
  const auto here = std::this_thread::get_id();
  for_each_at_once(10, 10, [&](std::size_t) { EXPECT_EQ(std::this_thread::get_id(), here); });
}

}  // namespace
}  // namespace hearsay::runs
