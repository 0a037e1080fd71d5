#include "gossip/push.hpp"

#include <algorithm>

namespace hearsay::gossip {

Push::Push(std::uint64_t seed, const PushParameters& parameters)
    : parameters_(parameters),
      targets_(seed, "targets"),
      any_node_(parameters.nodes),
      lives_(parameters.nodes),
      taken_(parameters.nodes) {}

void Push::open(Version) {
  open_.push_back(static_cast<Slot>(held_.size()));
  held_.emplace_back(parameters_.nodes);
}

void Push::close(Slot slot) {
  held_[slot] = Bits();
  std::erase(open_, slot);
}

void Push::address(Batch& batch) {
  batch.draw(targets_);
  for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot) {
    const auto drawn = batch.drawn(slot);
    const auto to = batch.to(slot);
    for (std::size_t burst = 0; burst < to.size(); ++burst) to[burst] = any_node_(drawn[burst]);
  }
  const Key versioned = targets_.with(static_cast<std::uint64_t>(batch.version()));
  find_clashes(batch);
  for (std::uint32_t burst = 0; burst < batch.bursts(); ++burst)
    if (clash_[burst] != 0) separate(batch, burst, versioned);
}

// Column against column, as long as the pairs of columns are few; beyond that, every burst may have a clash.
void Push::find_clashes(const Batch& batch) {
  constexpr std::uint32_t kFewColumns = 8;
  clash_.assign(batch.bursts(), batch.fanout() > kFewColumns);
  if (batch.fanout() > kFewColumns) return;
  for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot) {
    const auto to = batch.to(slot);
    for (std::size_t burst = 0; burst < to.size(); ++burst) clash_[burst] |= to[burst] == kDrawAgain;
    for (std::uint32_t earlier = 0; earlier < slot; ++earlier) {
      const auto other = batch.to(earlier);
      for (std::size_t burst = 0; burst < to.size(); ++burst) clash_[burst] |= to[burst] == other[burst];
    }
  }
}

// A slot whose target was drawn by an earlier slot of its burst, or must be drawn again, gets the first of
// its further attempts that is new. So each slot is uniform over what is left, and a greater fanout changes
// no target of a smaller one.
void Push::separate(Batch& batch, std::uint32_t burst, const Key& versioned) {
  for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot) {
    NodeId& to = batch.to(slot)[burst];
    for (std::uint64_t attempt = 1; to == kDrawAgain || taken_.test(to); ++attempt) {
      const Block again =
          versioned.with(attempt).block(batch.from()[burst], batch.life()[burst], batch.round(), slot / 4);
      to = any_node_(again[slot % 4]);
    }
    taken_.set(to);
  }
  for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot) taken_.clear(batch.to(slot)[burst]);
}

std::size_t Push::sift(std::span<const Arrival> arrivals, Arrival* unheld) const {
  std::size_t count = 0;
  const std::uint64_t* words = nullptr;
  Slot slot = kMaxVersions;
  for (const Arrival arrival : arrivals) {
    if (arrival.slot() != slot) {
      slot = arrival.slot();
      words = held_[slot].words();
    }
    unheld[count] = arrival;
    count += (words[arrival.to() / 64] >> (arrival.to() % 64) & 1) == 0;
  }
  return count;
}

std::size_t Push::receive(std::span<Arrival> arrivals) {
  const auto known = [this](Arrival arrival) { return holds(arrival.to(), arrival.slot()); };
  const auto fresh = std::remove_if(arrivals.begin(), arrivals.end(), known);
  Arrival::sort({arrivals.begin(), fresh}, spare_);
  std::size_t learned = 0;
  for (auto arrival = arrivals.begin(); arrival != fresh; ++arrival) {
    if (known(*arrival)) continue;
    held_[arrival->slot()].set(arrival->to());
    arrivals[learned++] = *arrival;
  }
  return learned;
}

void Push::wipe(NodeId node) {
  for (const Slot slot : open_) held_[slot].clear(node);
  lives_.put(node, lives_[node] + 1);
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
      .worlds = "sim, live"};
  return declaration;
}

}  // namespace hearsay::gossip
