#pragma once

// What is sent in a run of virtual time, and what becomes of it; and who goes down and comes up.

#include <map>
#include <tuple>
#include <vector>

#include "core/observer.hpp"
#include "measure/event.hpp"
#include "scenario/scenario.hpp"
#include "sim/simulation.hpp"

namespace hearsay::sim {

/// Keeps what happens in a run.
class Listener final : public core::Observer, private measure::EventSink {
 public:
  /// Version, sender, its life, round, slot, copy.
  using Identity = std::tuple<Version, NodeId, Life, Round, std::uint32_t, std::uint32_t>;

  std::map<Identity, measure::Event> sent;
  std::vector<measure::Event> changes;  // of nodes

 private:
  measure::EventSink* events() override { return this; }
  void happened(const measure::Event& event) override {
    using Kind = measure::Event::Kind;
    if (event.kind == Kind::send)
      sent[{event.version, event.from, event.life, event.round, event.index, event.copy}] = event;
    if (event.kind == Kind::up || event.kind == Kind::down) changes.push_back(event);
  }
  void reached(Tick) override {}
};

inline Listener listen(const scenario::Scenario& scenario) {
  Listener listener;
  run(scenario, listener);
  return listener;
}

/// Tells `each` of every message that is sent in both runs, as it is in the one and in the other.
template <typename Each>
void for_each_in_both(const Listener& one, const Listener& other, Each each) {
  for (const auto& [identity, message] : one.sent)
    if (const auto there = other.sent.find(identity); there != other.sent.end()) each(message, there->second);
}

}  // namespace hearsay::sim
