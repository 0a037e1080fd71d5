#include "core/rounds.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace hearsay::core {

void Rounds::learned(Slot slot, NodeId node, Tick at) {
  if (schedule_.rounds == 0) return;
  Log& log = logs_[slot];
  const std::uint64_t number = log.taken + log.entries.size();
  log.entries.push_back({at, node});
  if (log.cursors.front() == number) next_.emplace(due(at, 1), slot, 1);
}

Tick Rounds::next() const { return next_.empty() ? kNever : std::get<Tick>(next_.top()); }

void Rounds::take(Tick until, std::size_t most, Woken& woken) {
  HEARSAY_CHECK(next() <= until, "no round is due");
  Tick earliest = 0;
  std::tie(earliest, woken.slot, woken.round) = next_.top();
  next_.pop();
  woken.wakes.clear();
  Log& log = logs_[woken.slot];
  const std::uint64_t begin = log.cursors[woken.round - 1];
  const std::uint64_t end = woken.round == 1 ? log.taken + log.entries.size() : log.cursors[woken.round - 2];
  std::uint64_t number = begin;
  for (; number < end && woken.wakes.size() < most; ++number) {
    const Learning& learning = log.entries[number - log.taken];
    const Tick at = due(learning.at, woken.round);
    if (at > until) break;
    woken.wakes.push_back({learning.node, learning.at, at});
  }
  log.cursors[woken.round - 1] = number;
  if (number < end)
    next_.emplace(due(log.entries[number - log.taken].at, woken.round), woken.slot, woken.round);
  if (woken.round < schedule_.rounds) follow(log, woken, begin);
  if (log.cursors.size() < schedule_.rounds) return;
  for (; log.taken < log.cursors.back(); ++log.taken) log.entries.pop_front();
}

// The next round's cursor, if it had come as far as this one, has something to do again.
void Rounds::follow(Log& log, const Woken& woken, std::uint64_t begin) {
  if (log.cursors.size() == woken.round) log.cursors.push_back(0);
  if (log.cursors[woken.round] != begin) return;
  const Round round = woken.round + 1;
  next_.emplace(due(woken.wakes.front().learned, round), woken.slot, round);
}

}  // namespace hearsay::core
