#include "gossip/push.hpp"

#include <algorithm>

namespace hearsay::gossip {

Push::Push(std::uint64_t seed, const PushParameters& parameters)
    : parameters_(parameters), targets_(seed, "targets") {}

void Push::open(Version) { held_.emplace_back(parameters_.nodes); }

void Push::address(Batch& batch) {
  batch.draw(targets_);
  for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot) {
    const auto drawn = batch.drawn(slot);
    const auto to = batch.to(slot);
    for (std::size_t burst = 0; burst < to.size(); ++burst)
      to[burst] = uniform_below(parameters_.nodes, drawn[burst]);
  }
  const Key versioned = targets_.with(static_cast<std::uint64_t>(batch.version()));
  for (std::uint32_t burst = 0; burst < batch.bursts(); ++burst) separate(batch, burst, versioned);
}

// A slot whose target was drawn by an earlier slot of its burst, or must be drawn again, gets the first of
// its further attempts that is new. So each slot is uniform over what is left, and a greater fanout changes
// no target of a smaller one.
void Push::separate(Batch& batch, std::uint32_t burst, const Key& versioned) {
  for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot) {
    NodeId& to = batch.to(slot)[burst];
    const auto taken = [&] {
      for (std::uint32_t earlier = 0; earlier < slot; ++earlier)
        if (batch.to(earlier)[burst] == to) return true;
      return to == kDrawAgain;
    };
    for (std::uint64_t attempt = 1; taken(); ++attempt) {
      const Block again =
          versioned.with(attempt).block(batch.from()[burst], batch.life()[burst], batch.round(), slot / 4);
      to = uniform_below(parameters_.nodes, again[slot % 4]);
    }
  }
}

std::size_t Push::receive(std::span<Arrival> arrivals) {
  const auto known = [this](Arrival arrival) { return held_[arrival.slot()].test(arrival.to()); };
  const auto fresh = std::remove_if(arrivals.begin(), arrivals.end(), known);
  std::sort(arrivals.begin(), fresh);
  std::size_t learned = 0;
  for (auto arrival = arrivals.begin(); arrival != fresh; ++arrival) {
    if (known(*arrival)) continue;
    held_[arrival->slot()].set(arrival->to());
    arrivals[learned++] = *arrival;
  }
  return learned;
}

void Push::wipe(NodeId node) {
  for (Bits& held : held_) held.clear(node);
  ++lives_[node];
}

Life Push::life(NodeId node) const {
  const auto found = lives_.find(node);
  return found == lives_.end() ? 0 : found->second;
}

const Declaration& push_declaration() {
  static const Declaration declaration = {
      .name = "push",
      .summary = "a node that learns a version sends it on to random nodes, in each of a number of rounds",
      .parameters = {{"fanout", ParameterType::count, "3",
                      "distinct random nodes a round, the sender not excluded"},
                     {"rounds", ParameterType::count, "5", "rounds after learning a version; 0: none"},
                     {"interval", ParameterType::duration, "1s", "between rounds"},
                     {"first",
                      ParameterType::choice,
                      "after-interval",
                      "when the first round comes",
                      {"after-interval", "at-once"}}},
      .worlds = "live"};
  return declaration;
}

}  // namespace hearsay::gossip
