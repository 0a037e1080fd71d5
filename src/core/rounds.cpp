#include "core/rounds.hpp"

#include <algorithm>
#include <utility>

namespace hearsay::core {
namespace {

constexpr Duration kMostOffset = (Duration{1} << (64 - 28)) - 1;

}  // namespace

NodeId Rounds::Log::node(Place place) const {
  return static_cast<NodeId>(chunk(place).learnings[place.index] & (kMaxNodes - 1));
}

Tick Rounds::Log::at(Place place) const {
  const Chunk& its = chunk(place);
  return its.base + static_cast<Duration>(its.learnings[place.index] >> kNodeBits);
}

Rounds::Place Rounds::Log::after(Place place) const {
  ++place.index;
  if (place == end || place.index < chunk(place).size) return place;
  return {place.chunk + 1, 0};
}

void Rounds::close(Slot slot) {
  Log& log = logs_[slot];
  for (auto chunk = log.chunks.begin() + log.gone; chunk != log.chunks.end(); ++chunk)
    spare_.push_back(std::move(*chunk));
  log = Log();
  log.closed = true;
  pass_closed();
}

// What a closed version still had to come is no longer asked for.
void Rounds::pass_closed() {
  while (!next_.empty() && logs_[std::get<1>(next_.top())].closed) next_.pop();
}

void Rounds::learned(Slot slot, NodeId node, Tick at) {
  if (schedule_.rounds == 0) return;
  Log& log = logs_[slot];
  if (log.end.index != 0 && at - log.chunks.back()->base > kMostOffset) end_chunk(log);
  if (log.cursors.front() == log.end) next_.emplace(due(at, 1), slot, 1);
  append(log, node, at);
}

void Rounds::end_chunk(Log& log) {
  const Place end = {log.end.chunk + 1, 0};
  std::replace(log.cursors.begin(), log.cursors.end(), log.end, end);
  log.end = end;
}

void Rounds::append(Log& log, NodeId node, Tick at) {
  if (log.end.index == 0) add_chunk(log, at);
  Chunk& chunk = *log.chunks.back();
  chunk.learnings[chunk.size++] = static_cast<std::uint64_t>(at - chunk.base) << kNodeBits | node;
  ++log.end.index;
  if (chunk.size == Chunk::kRoom) log.end = {log.end.chunk + 1, 0};
}

void Rounds::add_chunk(Log& log, Tick base) {
  if (spare_.empty()) spare_.push_back(std::make_unique<Chunk>());
  log.chunks.push_back(std::move(spare_.back()));
  spare_.pop_back();
  log.chunks.back()->base = base;
  log.chunks.back()->size = 0;
}

// The next round's cursor, if it had come as far as this one, has something to do again.
void Rounds::follow(Log& log, RoundOf taken, Place begin) {
  if (log.cursors.size() == taken.round) log.cursors.push_back({});
  if (log.cursors[taken.round] != begin) return;
  const Round round = taken.round + 1;
  next_.emplace(due(log.at(begin), round), taken.slot, round);
}

void Rounds::drop_done(Log& log) {
  for (; log.gone < log.cursors.back().chunk; ++log.gone) spare_.push_back(std::move(log.chunks[log.gone]));
}

}  // namespace hearsay::core
