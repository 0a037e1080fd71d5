#include "tests/core/virtual_world.hpp"

#include <algorithm>
#include <utility>

namespace hearsay::core {

VirtualWorld::VirtualWorld(scenario::Scenario scenario)
    : scenario_(std::move(scenario)),
      driver_(scenario_, {.latency = DurationModel{.low = kMillisecond, .high = kMillisecond}}, *this, *this),
      inbox_(driver_.nodes()) {}

Tick VirtualWorld::next() const {
  const Tick arrival = arrivals_.empty() ? kNever : std::get<Tick>(arrivals_.top());
  return std::min({driver_.next(), arrival, inbox_.next()});
}

void VirtualWorld::pass(Tick until) {
  while (next() <= until) instant(next());
  now_ = until;
}

measure::Outcome VirtualWorld::run() {
  while (!driver_.done() && next() <= driver_.end()) instant(next());
  if (!driver_.done()) now_ = driver_.end();
  return driver_.finish(now_, false);
}

void VirtualWorld::instant(Tick at) {
  now_ = at;
  driver_.act(at);
  for (const auto& [slot, node] : std::exchange(lost_, {})) driver_.fail(slot, node, at);
  for (; !arrivals_.empty() && std::get<Tick>(arrivals_.top()) == at; arrivals_.pop()) {
    const auto [when, slot, to] = arrivals_.top();
    if (driver_.nodes().attends(to) || !driver_.nodes().is_up(to))
      arrive(slot, to);
    else
      inbox_.put(to, at, slot);
  }
  inbox_.serve(at, [this](NodeId node, Tick, Slot slot) { arrive(slot, node); });
  driver_.absorb(at);
  driver_.pass_deadlines(at);
  while (driver_.send(at)) continue;
}

void VirtualWorld::arrive(Slot slot, NodeId to) {
  const Arrival arrival(0, slot, to);
  driver_.arrive(now_, {&arrival, 1});
}

void VirtualWorld::went_down(NodeId node) {
  changes_.push_back({now_, node, false});
  inbox_.clear(node, [&](Slot slot) { lost_.emplace_back(slot, node); });
}

bool VirtualWorld::foreign(Version version, NodeId node) {
  return driver_.receive_foreign(driver_.admit(version, now_).value(), node, now_);
}

void VirtualWorld::carry(const Batch& batch) {
  for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot)
    for (std::uint32_t burst = 0; burst < batch.bursts(); ++burst) {
      if (batch.fate(slot)[burst] == kAbsent) continue;
      const Message message = {batch.at()[burst],       batch.version(),         batch.from()[burst],
                               batch.life()[burst],     batch.round(),           batch.to(slot)[burst],
                               batch.fate(slot)[burst], batch.delay(slot)[burst]};
      sent_.push_back(message);
      if (message.goes_on()) arrivals_.emplace(message.at + message.delay, batch.slot(), message.to);
    }
}

void VirtualWorld::learned(Version version, NodeId holders, bool commits) {
  learned_.push_back({now_, version, holders, commits});
}

}  // namespace hearsay::core
