#include "sim/simulation.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "core/driver.hpp"
#include "sim/garbled.hpp"
#include "sim/queue.hpp"
#include "sim/surroundings.hpp"
#include "sim/waiting.hpp"

namespace hearsay::sim {
namespace {

using Clock = std::chrono::steady_clock;

/// Tells an observer several times a second how far a run is, without asking the clock too often.
class Watch {
 public:
  explicit Watch(core::Observer& observer) : observer_(observer) {}

  /// Whether the run is to end. `done`: how much work was done since the last time, in messages or so.
  bool interrupted(std::uint64_t done, const core::Driver& driver, Tick now) {
    constexpr std::uint64_t kWork = 100'000;
    constexpr std::chrono::milliseconds kEvery(100);
    work_ += done;
    if (work_ < kWork) return false;
    work_ = 0;
    const Clock::time_point time = Clock::now();
    if (time < next_) return false;
    next_ = time + kEvery;
    show(driver, now);
    return observer_.interrupted();
  }

  void show(const core::Driver& driver, Tick now) {
    const measure::Ledger& ledger = driver.ledger();
    observer_.progress({.now = now,
                        .end = driver.end(),
                        .published = ledger.opened(),
                        .committed = ledger.commits(),
                        .sent = ledger.sent(),
                        .in_flight = ledger.in_flight()});
  }

 private:
  core::Observer& observer_;
  std::uint64_t work_ = 0;
  Clock::time_point next_ = Clock::now();
};

/// Goes from span to span of instants: a window, or as much of one as the driver allows at once.
class Simulation final : private core::World {
 public:
  Simulation(const scenario::Scenario& scenario, core::Observer& observer, unsigned window_bits)
      : driver_(scenario, surroundings(), *this, observer),
        waiting_(driver_),
        queue_(window_bits),
        watch_(observer) {
    observer.ready({});
  }

  measure::Outcome run() {
    while (!driver_.done() && step()) continue;
    if (driver_.done() && !interrupted_) now_ = driver_.last_settled();
    watch_.show(driver_, now_);
    measure::Outcome outcome = driver_.finish(now_, interrupted_);
    outcome.world = "sim";
    return outcome;
  }

 private:
  void happen(std::span<Tick>) override {}
  void carry(const Batch& batch) override {
    if (!batch.marked()) return queue_.push(batch.slot(), driver_.foresee(batch));
    Batch rest = batch;
    garbled_.take_out(rest);
    queue_.push(rest.slot(), driver_.foresee(rest));
  }
  void went_down(NodeId node) override { waiting_.went_down(node); }
  void came_up(NodeId) override {}
  void attention_changed(NodeId node, Tick now) override { waiting_.attention_changed(node, now); }

  /// False: the run ends here.
  bool step() {
    const Tick begin =
        std::max(now_, std::min({driver_.next(), queue_.next(), garbled_.next(), waiting_.next()}));
    if (begin > driver_.end()) {
      now_ = driver_.end();
      return false;
    }
    driver_.reached(begin);
    driver_.act(begin);
    waiting_.fail_lost(begin);
    const Tick last = last_of(begin);
    now_ = begin;
    // What is due in a single instant is sent after its arrivals, none of which it can be.
    if (last > begin && !send(last)) return false;
    std::uint64_t arrived = 0;
    for (const auto arrivals : queue_.take(last)) {
      waiting_.arrive(queue_.begin_of(last), arrivals);
      arrived += arrivals.size();
    }
    garbled_.arrive(last, waiting_);
    waiting_.serve(queue_.begin_of(last), last);
    driver_.absorb(queue_.begin_of(last));
    if (last == begin) driver_.pass_deadlines(last);
    if (!send(last)) return false;
    driver_.pass_deadlines(last);
    now_ = last + 1;
    return !interrupted(arrived);
  }

  /// False: the run was interrupted.
  bool send(Tick last) {
    constexpr std::uint64_t kWorkOfBatch = 1000;  // besides that of its messages
    std::uint64_t sent = driver_.ledger().sent();
    while (driver_.send(last)) {
      const std::uint64_t before = std::exchange(sent, driver_.ledger().sent());
      if (interrupted(kWorkOfBatch + sent - before)) return false;
    }
    return true;
  }

  bool interrupted(std::uint64_t work) {
    constexpr std::uint64_t kLeastWork = 10;
    interrupted_ = watch_.interrupted(work + kLeastWork, driver_, now_);
    return interrupted_;
  }

  Tick last_of(Tick begin) const {
    return std::min({queue_.end_of(begin), driver_.last_of_span(begin), driver_.end()});
  }

  core::Driver driver_;
  Waiting waiting_;
  Queue queue_;
  Garbled garbled_;
  Watch watch_;
  Tick now_ = 0;
  bool interrupted_ = false;
};

/// The more messages are due in a window, the less does it cost each of them, as long as the processor's
/// caches hold what arrives in one.
unsigned window_bits_for(NodeId nodes) {
  constexpr NodeId kVeryMany = 5'000'000;
  return nodes < kVeryMany ? 13 : 12;
}

}  // namespace

measure::Outcome run(const scenario::Scenario& scenario, core::Observer& observer, unsigned window_bits) {
  return Simulation(scenario, observer, window_bits).run();
}

measure::Outcome run(const scenario::Scenario& scenario, core::Observer& observer) {
  return run(scenario, observer, window_bits_for(scenario.cluster.nodes));
}

}  // namespace hearsay::sim
