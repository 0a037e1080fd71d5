#include "gossip/push.hpp"

#include <algorithm>

#include "base/wide.hpp"

namespace hearsay::gossip {
namespace {

constexpr std::uint32_t kFewColumns = 8;

HEARSAY_WIDE void compare(std::size_t count, const NodeId* a, const NodeId* b, std::uint32_t* clash) {
  for (std::size_t i = 0; i < count; ++i) clash[i] |= static_cast<std::uint32_t>(a[i] == b[i]);
}

HEARSAY_WIDE bool any(std::size_t count, const std::uint32_t* marks) {
  std::uint32_t any = 0;
  for (std::size_t i = 0; i < count; ++i) any |= marks[i];
  return any != 0;
}

}  // namespace

Push::Push(std::uint64_t seed, const PushParameters& parameters)
    : parameters_(parameters),
      targets_(seed, "targets"),
      any_node_(parameters.nodes),
      lives_(parameters.nodes) {}

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
  clash_.assign(batch.bursts(), 0);
  for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot)
    any_node_.map(batch.bursts(), batch.drawn(slot).data(), batch.to(slot).data(), clash_.data());
  find_clashes(batch);
  if (!any(clash_.size(), clash_.data())) return;
  const Key versioned = targets_.with(static_cast<std::uint64_t>(batch.version()));
  for (std::uint32_t burst = 0; burst < batch.bursts(); ++burst)
    if (clash_[burst] != 0) separate(batch, burst, versioned);
}

// Column against column, as long as the pairs of columns are few; beyond that, every burst may have a clash.
void Push::find_clashes(const Batch& batch) {
  if (batch.fanout() > kFewColumns) return clash_.assign(batch.bursts(), 1);
  for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot)
    for (std::uint32_t earlier = 0; earlier < slot; ++earlier)
      compare(batch.bursts(), batch.to(slot).data(), batch.to(earlier).data(), clash_.data());
}

// A slot whose target was drawn by an earlier slot of its burst, or must be drawn again, gets the first of
// its further attempts that is new. So each slot is uniform over what is left, and a greater fanout changes
// no target of a smaller one.
void Push::separate(Batch& batch, std::uint32_t burst, const Key& versioned) {
  if (taken_.empty()) taken_ = Bits(parameters_.nodes);
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

void Push::look_up(Batch& batch) const {
  for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot)
    held_[batch.slot()].test(batch.to(slot), batch.known(slot).data());
}

std::size_t Push::sift(std::span<const Arrival> arrivals, Arrival* unheld) const {
  std::size_t count = 0;
  for (const Arrival* next = arrivals.data(); next != arrivals.data() + arrivals.size();) {
    const Slot slot = next->slot();
    const std::uint64_t* const words = held_[slot].words();
    for (; next != arrivals.data() + arrivals.size() && next->slot() == slot; ++next) {
      unheld[count] = *next;
      count += (words[next->to() / 64] >> (next->to() % 64) & 1) == 0;
    }
  }
  return count;
}

std::size_t Push::receive(std::span<Arrival> arrivals) {
  Arrival::sort(arrivals, spare_);
  std::size_t learned = 0;
  for (const Arrival arrival : arrivals) {
    if (holds(arrival.to(), arrival.slot())) continue;
    held_[arrival.slot()].set(arrival.to());
    arrivals[learned++] = arrival;
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
