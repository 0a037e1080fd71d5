#include "core/rounds.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "base/check.hpp"
#include "base/fetch.hpp"
#include "base/wide.hpp"

namespace hearsay::core {
namespace {

constexpr unsigned kNodeBits = 28;
constexpr Duration kMostOffset = (Duration{1} << (64 - kNodeBits)) - 1;

NodeId node_of(std::uint64_t learning) { return static_cast<NodeId>(learning & (kMaxNodes - 1)); }
Duration offset_of(std::uint64_t learning) { return static_cast<Duration>(learning >> kNodeBits); }

HEARSAY_WIDE void pack(const Arrival* learnings, std::size_t count, Duration base, std::uint64_t* into) {
  const auto first = static_cast<std::uint64_t>(base);
  for (std::size_t i = 0; i < count; ++i)
    into[i] = (first + learnings[i].offset()) << kNodeBits | learnings[i].to();
}

HEARSAY_WIDE void unpack(const std::uint64_t* learnings, std::size_t count, Tick base, NodeId* nodes,
                         Tick* at) {
  for (std::size_t i = 0; i < count; ++i) {
    nodes[i] = node_of(learnings[i]);
    at[i] = base + offset_of(learnings[i]);
  }
}

}  // namespace

NodeId Rounds::Log::node(Place place) const { return node_of(chunk(place).learnings[place.index]); }

Tick Rounds::Log::at(Place place) const {
  const Chunk& its = chunk(place);
  return its.base + offset_of(its.learnings[place.index]);
}

Rounds::Place Rounds::Log::after(Place place) const {
  ++place.index;
  if (place == end || place.index < chunk(place).size) return place;
  return {place.chunk + 1, 0};
}

void Rounds::close(Slot slot) {
  Log& log = logs_[slot];
  for (auto chunk = log.chunks.begin() + log.gone; chunk != log.chunks.end(); ++chunk) pool_.put(*chunk);
  log = Log();
  log.closed = true;
  pass_closed();
}

// What a closed version still had to come is no longer asked for.
void Rounds::pass_closed() {
  while (!next_.empty() && logs_[std::get<1>(next_.top())].closed) next_.pop();
}

void Rounds::learned(Tick base, std::span<const Arrival> of_one) {
  if (schedule_.rounds == 0) return;
  const Slot slot = of_one.front().slot();
  Log& log = logs_[slot];
  const Tick last = base + of_one.back().offset();
  if (log.end.index != 0 && last - log.chunks.back()->base > kMostOffset) end_chunk(log);
  if (log.cursors.front() == log.end) next_.emplace(due(base + of_one.front().offset(), 1), slot, 1);
  while (!of_one.empty()) {
    if (log.end.index == 0) add_chunk(log, base + of_one.front().offset());
    of_one = of_one.subspan(append(log, base, of_one));
  }
}

void Rounds::end_chunk(Log& log) {
  const Place end = {log.end.chunk + 1, 0};
  std::replace(log.cursors.begin(), log.cursors.end(), log.end, end);
  log.end = end;
}

/// As many of the learnings as there is room for in the last chunk. Returns how many.
std::size_t Rounds::append(Log& log, Tick base, std::span<const Arrival> learnings) {
  Chunk& chunk = *log.chunks.back();
  const auto count = std::min<std::size_t>(learnings.size(), Chunk::kRoom - chunk.size);
  pack(learnings.data(), count, base - chunk.base, chunk.learnings.data() + chunk.size);
  chunk.size += static_cast<std::uint32_t>(count);
  log.end.index = chunk.size;
  if (chunk.size == Chunk::kRoom) log.end = {log.end.chunk + 1, 0};
  return count;
}

void Rounds::add_chunk(Log& log, Tick base) {
  log.chunks.push_back(pool_.get());
  log.chunks.back()->base = base;
  log.chunks.back()->size = 0;
}

void Rounds::take(Tick until, Batch& batch) {
  HEARSAY_CHECK(next() <= until, "no round is due");
  const RoundOf taken = due_next();
  next_.pop();
  Log& log = logs_[taken.slot];
  const Place begin = log.cursors[taken.round - 1];
  const Place end = taken.round == 1 ? log.end : log.cursors[taken.round - 2];
  Place place = begin;
  while (place != end && !batch.full()) {
    const Chunk& chunk = log.chunk(place);
    const std::uint32_t stop = place.chunk == end.chunk ? end.index : chunk.size;
    const std::uint32_t wakes = take(chunk, place.index, stop, offset(taken.round), until, batch.room());
    if (wakes == 0) break;
    batch.take_in(wakes);
    place.index += wakes;
    if (place != end && place.index == chunk.size) place = {place.chunk + 1, 0};
  }
  log.cursors[taken.round - 1] = place;
  if (place != end) {
    next_.emplace(due(log.at(place), taken.round), taken.slot, taken.round);
    if (place.chunk + 1 < log.chunks.size()) fetch(*log.chunks[place.chunk + 1]);
  }
  if (taken.round < schedule_.rounds)
    follow(log, taken, begin);
  else
    drop_done(log);
  pass_closed();
}

/// Writes into the room, as far as there is, the wakes of the learnings [first, end) that are due at `until`
/// or before. Returns how many.
std::uint32_t Rounds::take(const Chunk& chunk, std::uint32_t first, std::uint32_t end, Duration offset,
                           Tick until, const Batch::Room& room) {
  const std::size_t fit = std::min<std::size_t>(end - first, room.from.size());
  const auto learnings = std::span(chunk.learnings).subspan(first, fit);
  const Tick base = chunk.base + offset;
  const auto later = [=](std::uint64_t learning) { return base + offset_of(learning) > until; };
  const auto due = std::ranges::partition_point(learnings, std::not_fn(later));
  const auto count = static_cast<std::size_t>(due - learnings.begin());
  unpack(learnings.data(), count, base, room.from.data(), room.at.data());
  return static_cast<std::uint32_t>(count);
}

// The next round's cursor, if it had come as far as this one, has something to do again.
void Rounds::follow(Log& log, RoundOf taken, Place begin) {
  if (log.cursors.size() == taken.round) log.cursors.push_back({});
  if (log.cursors[taken.round] != begin) return;
  const Round round = taken.round + 1;
  next_.emplace(due(log.at(begin), round), taken.slot, round);
}

void Rounds::drop_done(Log& log) {
  for (; log.gone < log.cursors.back().chunk; ++log.gone) pool_.put(log.chunks[log.gone]);
}

}  // namespace hearsay::core
