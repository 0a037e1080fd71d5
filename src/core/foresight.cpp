#include "core/foresight.hpp"

#include <algorithm>
#include <limits>

#include "base/bytes.hpp"
#include "base/wide.hpp"

namespace hearsay::core {
namespace {

/// Marks as certain what goes on, is known, and is due before the horizon; the rest of what goes on flies.
/// Returns the latest time at which something is due that is certain, plus one; 0: nothing is.
HEARSAY_WIDE std::uint32_t split(std::size_t count, const std::uint8_t* known, const Fate* fate,
                                 const std::uint32_t* sent, const std::uint32_t* delay, std::uint32_t horizon,
                                 std::uint8_t* certain, std::uint8_t* flies) {
  std::uint32_t end = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t due = sent[i] + delay[i];
    const std::uint32_t goes_on = fate[i] == kGoesOn ? 1 : 0;
    const std::uint32_t is_certain = known[i] & goes_on & static_cast<std::uint32_t>(due < horizon);
    certain[i] = static_cast<std::uint8_t>(is_certain);
    flies[i] = static_cast<std::uint8_t>(goes_on ^ is_certain);
    end = std::max(end, (0 - is_certain) & (due + 1));
  }
  return end;
}

/// Where in a column, whose messages are sent so long after the first burst, one is certain and due at `end`
/// less one.
HEARSAY_WIDE std::uint32_t find_last(std::size_t count, const std::uint8_t* certain,
                                     const std::uint32_t* sent, const std::uint32_t* delay,
                                     std::uint32_t end) {
  std::uint32_t place = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t is_last = certain[i] & static_cast<std::uint32_t>(sent[i] + delay[i] + 1 == end);
    place = std::max(place, (0 - is_last) & static_cast<std::uint32_t>(i));
  }
  return place;
}

}  // namespace

std::span<const Flight> Foresight::look(const Batch& batch, Tick until) {
  const std::size_t messages = std::size_t{batch.bursts()} * batch.fanout();
  if (certain_.size() < messages) {
    certain_.resize(messages);
    flights_.resize(messages);
  }
  flight_count_ = 0;
  const std::uint32_t seen_until = horizon(batch, until);
  if (seen_until == 0)
    let_all_fly(batch);
  else if (const Last last = split(batch, seen_until); last.end != 0) {
    let_fly(batch, last);
    ledger_.delivered(batch, {certain_.data(), messages}, batch.at().front() + last.end - 1);
  }
  return {flights_.data(), flight_count_};
}

/// So long after the first burst is `until`; 0: it cannot be said what is certain.
std::uint32_t Foresight::horizon(const Batch& batch, Tick until) const {
  constexpr std::uint32_t kWorthIt = 8;
  constexpr Tick kLongestBatch = 10 * kMinute;  // all delays take at most an hour, and a sum must fit
  const Tick first = batch.at().front();
  if (batch.bursts() < kWorthIt || batch.marked() || !nodes_.all_attend() ||
      batch.at().back() - first > kLongestBatch)
    return 0;
  constexpr Tick kMost = std::numeric_limits<std::uint32_t>::max();
  return static_cast<std::uint32_t>(std::clamp<Tick>(until - first, 0, kMost));
}

Foresight::Last Foresight::split(const Batch& batch, std::uint32_t horizon) {
  const auto at = batch.at();
  for (std::size_t burst = 0; burst < at.size(); ++burst)
    sent_[burst] = static_cast<std::uint32_t>(at[burst] - at[0]);
  Last last;
  for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot) {
    const std::uint32_t end =
        core::split(batch.bursts(), known_and_up(batch, slot), batch.fate(slot).data(), sent_.data(),
                    batch.delay(slot).data(), horizon, certain(batch, slot).data(), flies_.data());
    if (end > last.end) last = {end, slot};
    for_each_nonzero({flies_.data(), batch.bursts()},
                     [&](std::size_t burst) { add_flight(batch, slot, burst); });
  }
  return last;
}

const std::uint8_t* Foresight::known_and_up(const Batch& batch, std::uint32_t slot) {
  const auto known = batch.known(slot);
  if (nodes_.all_up()) return known.data();
  Column down;
  nodes_.find_down(batch.to(slot), down.data());
  for (std::size_t burst = 0; burst < known.size(); ++burst)
    known_[burst] = static_cast<std::uint8_t>(known[burst] & (down[burst] ^ 1));
  return known_.data();
}

void Foresight::let_all_fly(const Batch& batch) {
  for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot)
    for (std::uint32_t burst = 0; burst < batch.bursts(); ++burst)
      if (batch.fate(slot)[burst] == kGoesOn) add_flight(batch, slot, burst);
}

void Foresight::let_fly(const Batch& batch, Last last) {
  const auto its = certain(batch, last.slot);
  const std::uint32_t burst =
      find_last(its.size(), its.data(), sent_.data(), batch.delay(last.slot).data(), last.end);
  its[burst] = 0;
  add_flight(batch, last.slot, burst);
}

}  // namespace hearsay::core
