#include "runs/cells.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

#include "runs/at_once.hpp"
#include "runs/runs_at_once.hpp"

namespace hearsay::runs {
namespace {

/// One run of one cell.
struct Task {
  std::size_t cell;
  std::uint32_t run;
};

/// A cell that has begun and not ended.
struct OpenCell {
  std::uint32_t next = 0;  // the run to start next
  InOrder<measure::Outcome> ended = {};
  std::optional<measure::Outcome> merged = {};
};

class CellRunner {
 public:
  CellRunner(const std::vector<const scenario::Scenario*>& cells, std::uint32_t repeat, std::uint32_t jobs,
             const Run& run, const Keep& keep, CellWatch& watch)
      : cells_(cells),
        repeat_(repeat),
        runs_(cells.size() * std::uint64_t{repeat}),
        jobs_(jobs),
        run_(run),
        keep_(keep),
        watch_(watch) {}

  std::exception_ptr all() {
    on_threads(std::min<std::uint64_t>(jobs_, runs_), [this] { work(); });
    return thrown_;
  }

 private:
  void work() {
    std::size_t cell = 0;
    try {
      while (const auto task = take()) {
        cell = task->cell;
        attempt(*task);
      }
    } catch (...) {
      stop(cell, std::current_exception());
    }
  }

  /// Waits for one that may be started; nothing: there will be none.
  std::optional<Task> take() {
    std::unique_lock lock(mutex_);
    while (runs_begun_ < runs_ && !stopped_ && !watch_.interrupted()) {
      if (const auto task = next()) {
        ++runs_begun_;
        return task;
      }
      progressed_.wait(lock);
    }
    return {};
  }

  /// The first one that may be started now.
  std::optional<Task> next() {
    const std::uint32_t most_ahead = kMostAheadAThread * jobs_;
    for (auto& [cell, open] : open_)
      if (open.next < repeat_ && open.next < open.ended.taken() + most_ahead) return Task{cell, open.next++};
    if (begun_ == cells_.size()) return {};
    open_[begun_].next = 1;
    return Task{begun_++, 0};
  }

  void attempt(const Task& task) {
    scenario::Scenario scenario = *cells_[task.cell];
    scenario.seed += task.run;
    Share share([this] { return stopped_ || watch_.interrupted(); });
    measure::Outcome outcome = run_(scenario, share);
    if (outcome.interrupted) return stop(task.cell, nullptr);
    auto whole = ended(task, std::move(outcome));
    const bool was_last = whole.has_value();
    if (whole) keep_(task.cell, *std::move(whole));
    const std::lock_guard lock(mutex_);
    cells_done_ += was_last ? 1 : 0;
    watch_.done(++runs_done_, cells_done_);
  }

  /// All of a cell, if this was its last run.
  std::optional<measure::Outcome> ended(const Task& task, measure::Outcome&& outcome) {
    const std::lock_guard lock(mutex_);
    OpenCell& open = open_.at(task.cell);
    open.ended.add(task.run, std::move(outcome));
    while (auto next = open.ended.take()) merge_next(open.merged, *std::move(next));
    progressed_.notify_all();
    if (open.ended.taken() < repeat_) return {};
    std::optional<measure::Outcome> whole = std::move(open.merged);
    open_.erase(task.cell);
    return whole;
  }

  void stop(std::size_t cell, const std::exception_ptr& thrown) {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    progressed_.notify_all();
    if (thrown && (!thrown_ || cell < thrown_by_)) {
      thrown_ = thrown;
      thrown_by_ = cell;
    }
  }

  const std::vector<const scenario::Scenario*>& cells_;
  const std::uint32_t repeat_;
  const std::uint64_t runs_;  // of all cells
  const std::uint32_t jobs_;
  const Run& run_;
  const Keep& keep_;
  CellWatch& watch_;

  std::atomic<bool> stopped_ = false;
  std::mutex mutex_;  // of all that follows
  std::condition_variable progressed_;
  std::size_t begun_ = 0;
  std::uint64_t runs_begun_ = 0;
  std::map<std::size_t, OpenCell> open_;
  std::uint64_t runs_done_ = 0;
  std::size_t cells_done_ = 0;
  std::exception_ptr thrown_;
  std::size_t thrown_by_ = 0;
};

}  // namespace

std::exception_ptr run_cells(const std::vector<const scenario::Scenario*>& cells, std::uint32_t repeat,
                             std::uint32_t jobs, const Run& run, const Keep& keep, CellWatch& watch) {
  return CellRunner(cells, repeat, jobs, run, keep, watch).all();
}

}  // namespace hearsay::runs
