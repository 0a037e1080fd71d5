#include "sim/heap.hpp"

#include <algorithm>
#include <queue>
#include <tuple>
#include <vector>

#include "core/driver.hpp"
#include "sim/garbled.hpp"
#include "sim/surroundings.hpp"
#include "sim/waiting.hpp"

namespace hearsay::sim {
namespace {

class Heap final : private core::World {
 public:
  Heap(const scenario::Scenario& scenario, core::Observer& observer)
      : driver_(scenario, surroundings(), *this, observer), waiting_(driver_) {
    observer.ready({});
  }

  measure::Outcome run() {
    while (!driver_.done() && next() <= driver_.end()) instant(next());
    const Tick end = driver_.done() ? driver_.last_settled() : driver_.end();
    measure::Outcome outcome = driver_.finish(end, false);
    outcome.world = "sim";
    return outcome;
  }

 private:
  using Due = std::tuple<Tick, Slot, NodeId>;

  void happen(std::span<Tick>) override {}
  void went_down(NodeId node) override { waiting_.went_down(node); }
  void came_up(NodeId) override {}
  void attention_changed(NodeId node, Tick now) override { waiting_.attention_changed(node, now); }

  void carry(const Batch& judged) override {
    Batch batch = judged;
    garbled_.take_out(batch);
    for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot)
      for (std::uint32_t burst = 0; burst < batch.bursts(); ++burst)
        if (batch.fate(slot)[burst] == kGoesOn)
          arrivals_.emplace(batch.at()[burst] + batch.delay(slot)[burst], batch.slot(),
                            batch.to(slot)[burst]);
  }

  Tick next() const {
    const Tick arrival = arrivals_.empty() ? kNever : std::get<Tick>(arrivals_.top());
    return std::min({driver_.next(), arrival, garbled_.next(), waiting_.next()});
  }

  void instant(Tick now) {
    driver_.reached(now);
    driver_.act(now);
    waiting_.fail_lost(now);
    for (; !arrivals_.empty() && std::get<Tick>(arrivals_.top()) == now; arrivals_.pop()) {
      const auto [at, slot, to] = arrivals_.top();
      const Arrival arrival(0, slot, to);
      waiting_.arrive(at, {&arrival, 1});
    }
    garbled_.arrive(now, waiting_);
    waiting_.serve(now, now);
    driver_.absorb(now);
    driver_.pass_deadlines(now);
    while (driver_.send(now)) continue;
  }

  core::Driver driver_;
  Waiting waiting_;
  Garbled garbled_;
  std::priority_queue<Due, std::vector<Due>, std::greater<>> arrivals_;
};

}  // namespace

measure::Outcome run_by_heap(const scenario::Scenario& scenario, core::Observer& observer) {
  return Heap(scenario, observer).run();
}

}  // namespace hearsay::sim
