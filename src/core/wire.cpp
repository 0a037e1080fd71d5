#include "core/wire.hpp"

#include <algorithm>
#include <span>

#include "base/wide.hpp"

namespace hearsay::core {
namespace {

RandomDuration at_least(Duration least, DurationModel model) {
  model.low = std::max(model.low, least);
  model.high = std::max(model.high, least);
  return RandomDuration(model);
}

/// How many messages that go on are held back.
HEARSAY_WIDE std::uint32_t count_held(std::size_t count, const Fate* fate, const std::uint32_t* delay) {
  std::uint32_t held = 0;
  for (std::size_t i = 0; i < count; ++i)
    held += static_cast<std::uint32_t>(fate[i] == kGoesOn) & static_cast<std::uint32_t>(delay[i] > 0);
  return held;
}

Bits members(const scenario::Selector& side, NodeId nodes) {
  Bits members(nodes);
  const std::vector<scenario::NodeRange> everyone = {{0, nodes - 1}};
  const bool all = side.kind == scenario::Selector::Kind::all;
  for (const scenario::NodeRange range : all ? everyone : side.ranges)
    for (NodeId node = range.first; node <= range.last; ++node) members.set(node);
  return members;
}

/// How many messages of one slot go on, and wait for others to pass without having been delayed.
std::uint32_t held_without_delay(const Batch& batch, std::uint32_t slot) {
  std::uint32_t held = 0;
  for (std::uint32_t burst = 0; burst < batch.bursts(); ++burst)
    if (batch.fate(slot)[burst] == kGoesOn && batch.delay(slot)[burst] == 0)
      held += (batch.marks(slot, burst) & kHeld) != 0 ? 1 : 0;
  return held;
}

}  // namespace

Wire::Wire(const scenario::Network& network, const std::optional<DurationModel>& fallback, Duration least,
           const std::vector<scenario::Fault>& faults, std::uint64_t seed, NodeId nodes,
           const std::vector<scenario::Phase>& phases)
    : latency_(at_least(least, network.latency ? *network.latency : fallback.value_or(DurationModel{}))),
      drawn_(!latency_.constant()),
      key_(seed, "latency"),
      faults_(faults, seed, nodes),
      meter_(phases) {
  for (const scenario::LatencyGroup& group : network.groups) {
    groups_.push_back({members(group.a, nodes), members(group.b, nodes), at_least(least, group.latency)});
    drawn_ = drawn_ || !groups_.back().latency.constant();
  }
}

void Wire::judge(Batch& batch) {
  if (faults_.judge(batch)) count_delayed(batch);
  meter_.sent(batch);
  add_latency(batch);
}

Batch* Wire::next_copies() {
  Batch* const copies = faults_.next_copies();
  if (copies == nullptr) return nullptr;
  count_delayed(*copies);
  meter_.sent(*copies);
  add_latency(*copies);
  return copies;
}

void Wire::add_latency(Batch& batch) {
  if (drawn_) batch.draw(key_);
  if (groups_.empty())
    add_latencies_alike(batch);
  else
    add_by_group(batch);
}

Duration Wire::least_latency() const {
  Duration least = latency_.least();
  for (const Group& group : groups_) least = std::min(least, group.latency.least());
  return least;
}

void Wire::count_delayed(const Batch& batch) {
  for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot) {
    delayed_ += count_held(batch.bursts(), batch.fate(slot).data(), batch.delay(slot).data());
    if (batch.marked()) delayed_ += held_without_delay(batch, slot);
  }
}

void Wire::add_latencies_alike(Batch& batch) {
  if (latency_.most() == 0) return;
  for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot)
    latency_.add(batch.drawn(slot), batch.delay(slot));
}

void Wire::add_by_group(Batch& batch) {
  Marks left;
  Marks taken;
  for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot) {
    left.fill(1);
    for (const Group& group : groups_) {
      take(group, batch, slot, left, taken);
      group.latency.add(batch.drawn(slot), taken, batch.delay(slot));
    }
    latency_.add(batch.drawn(slot), left, batch.delay(slot));
  }
}

/// Marks as taken the messages left that belong to the group; they are no longer left.
void Wire::take(const Group& group, const Batch& batch, std::uint32_t slot, Marks& left, Marks& taken) {
  const auto to = batch.to(slot);
  for (std::size_t i = 0; i < to.size(); ++i) {
    const NodeId from = batch.from()[i];
    const bool there = from != kInitiator && group.a.test(from) && group.b.test(to[i]);
    const bool back = from != kInitiator && group.b.test(from) && group.a.test(to[i]);
    taken[i] = left[i] & static_cast<std::uint8_t>(there || back);
    left[i] = left[i] & static_cast<std::uint8_t>(taken[i] ^ 1U);
  }
}

}  // namespace hearsay::core
