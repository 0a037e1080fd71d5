#include "runs/runs.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <utility>

#include "runs/at_once.hpp"
#include "runs/runs_at_once.hpp"

namespace hearsay::runs {
namespace {

/// How one run ended: with an outcome, or by an exception.
struct End {
  std::optional<measure::Outcome> outcome = {};
  std::exception_ptr thrown = {};

  bool well() const { return outcome && !outcome->interrupted; }
};

class Runner {
 public:
  Runner(const scenario::Scenario& scenario, std::uint32_t repeat, std::uint32_t jobs, const Run& run,
         Watch& watch, const Enough& enough)
      : scenario_(scenario),
        jobs_(std::min(jobs, repeat)),
        run_(run),
        watch_(watch),
        enough_(enough),
        wanted_(repeat),
        limit_(repeat) {}

  Runs all() {
    on_threads(jobs_, [this] { work(); });
    if (merged_) merged_->interrupted |= merged_->runs < wanted_;
    return {std::move(merged_), thrown_};
  }

 private:
  void work() {
    try {
      while (const auto index = take()) ended(*index, attempt(*index));
    } catch (...) {
      const std::lock_guard lock(mutex_);
      thrown_ = std::current_exception();
      merged_.reset();
      limit_ = 0;
      progressed_.notify_all();
    }
  }

  std::optional<std::uint32_t> take() {
    std::unique_lock lock(mutex_);
    const std::uint32_t most_ahead = kMostAheadAThread * jobs_;
    progressed_.wait(lock, [&] { return next_ >= limit_ || next_ < ended_.taken() + most_ahead; });
    if (next_ > 0 && watch_.interrupted()) lower_limit(next_);
    if (next_ >= limit_) return std::nullopt;
    return next_++;
  }

  End attempt(std::uint32_t index) {
    scenario::Scenario scenario = scenario_;
    scenario.seed += index;
    // It is cut short once it no longer counts.
    Share share([this, index] { return index >= limit_ || watch_.interrupted(); });
    core::Observer& observer = jobs_ == 1 ? static_cast<core::Observer&>(watch_) : share;
    try {
      return {.outcome = run_(scenario, observer)};
    } catch (...) {
      return {.thrown = std::current_exception()};
    }
  }

  void ended(std::uint32_t index, End end) {
    const std::lock_guard lock(mutex_);
    if (!end.well()) lower_limit(index + 1);
    ended_.add(index, std::move(end));
    while (ended_.taken() < limit_ && settle_next()) look(ended_.taken());
    watch_.done(ended_.taken());
    progressed_.notify_all();
  }

  /// Whether the next run has ended, so that it could be.
  bool settle_next() {
    std::optional<End> next = ended_.take();
    if (!next) return false;
    if (next->outcome)
      merge_next(merged_, *std::move(next->outcome));
    else
      thrown_ = next->thrown;
    return true;
  }

  void look(std::uint32_t runs) {
    if (!enough_ || !merged_ || runs < next_look_) return;
    next_look_ = runs + std::max<std::uint32_t>(1, runs / 20);
    merged_->sequential = true;
    if (merged_->interrupted || !enough_(*merged_)) return;
    wanted_ = runs;
    lower_limit(runs);
  }

  void lower_limit(std::uint32_t limit) { limit_ = std::min<std::uint32_t>(limit_, limit); }

  const scenario::Scenario& scenario_;
  const std::uint32_t jobs_;
  const Run& run_;
  Watch& watch_;
  const Enough& enough_;

  std::mutex mutex_;  // of all that follows
  std::condition_variable progressed_;
  std::uint32_t next_ = 0;            // the run to start next
  std::uint32_t wanted_;              // all, or so many as were enough
  std::uint32_t next_look_ = 1;       // whether they are
  std::atomic<std::uint32_t> limit_;  // so many, the first, count; read without the lock
  InOrder<End> ended_;
  std::optional<measure::Outcome> merged_;
  std::exception_ptr thrown_;
};

}  // namespace

Runs run_all(const scenario::Scenario& scenario, std::uint32_t repeat, std::uint32_t jobs, const Run& run,
             Watch& watch, const Enough& enough) {
  return Runner(scenario, repeat, jobs, run, watch, enough).all();
}

}  // namespace hearsay::runs
