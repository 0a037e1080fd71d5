#include "core/alarms.hpp"

#include <algorithm>
#include <cmath>

#include "base/check.hpp"

namespace hearsay::core {
namespace {

Duration rounded(double span) { return std::llround(span); }

}  // namespace

Duration lasts(Duration span, double speed) { return rounded(static_cast<double>(span) / speed); }

void Alarms::follow(NodeId node, RoundOf next, Tick learned, double speed) {
  if (next.round > schedule_.rounds) return;
  Alarm alarm{.round = next, .follows = true, .since = learned, .speed = speed};
  alarm.due = due_of(alarm);
  set(node, alarm);
}

void Alarms::retime(NodeId node, double speed, Tick at) {
  const auto found = alarms_.find(node);
  if (found == alarms_.end()) return;
  for (Alarm& alarm : found->second) {
    if (!alarm.follows || alarm.speed == speed) continue;
    alarm.passed += rounded(static_cast<double>(at - alarm.since) * alarm.speed);
    alarm.since = at;
    alarm.speed = speed;
    move(node, alarm, due_of(alarm));
  }
}

void Alarms::hold(NodeId node, RoundOf round) { set(node, {.round = round}); }

void Alarms::release(NodeId node, Tick at) {
  const auto found = alarms_.find(node);
  if (found == alarms_.end()) return;
  for (Alarm& alarm : found->second)
    if (alarm.due == kNever) move(node, alarm, at);
}

void Alarms::drop(NodeId node) {
  const auto found = alarms_.find(node);
  if (found == alarms_.end()) return;
  for (const Alarm& alarm : found->second) {
    silence(node, alarm);
    --pending_[alarm.round.slot];
  }
  alarms_.erase(found);
}

std::span<const Alarms::Due> Alarms::take(Tick until, std::size_t most) {
  HEARSAY_CHECK(next() <= until, "no round is due");
  const RoundOf round = due_next();
  taken_.clear();
  for (const auto& [due, node] : dues_.at({round.slot, round.round})) {
    if (due > until || taken_.size() == most) break;
    taken_.push_back({node, due});
  }
  for (const Due& due : taken_) rang(due.node, round, due.at);
  return taken_;
}

// What came of the alarm: nothing more, or the round after.
void Alarms::rang(NodeId node, RoundOf round, Tick due) {
  std::vector<Alarm>& all = alarms_.at(node);
  const auto alarm = std::find_if(all.begin(), all.end(), [&](const Alarm& each) {
    return each.round.slot == round.slot && each.round.round == round.round && each.due == due;
  });
  silence(node, *alarm);
  if (alarm->follows && round.round < schedule_.rounds) {
    ++alarm->round.round;
    alarm->due = due_of(*alarm);
    return ring(node, *alarm);
  }
  --pending_[round.slot];
  all.erase(alarm);
  if (all.empty()) alarms_.erase(node);
}

// A machine may be late: what should have come before the speed changed comes then.
Tick Alarms::due_of(const Alarm& alarm) const {
  const Duration offset = schedule_.first + (alarm.round.round - 1) * schedule_.interval;
  return alarm.since + lasts(std::max<Duration>(offset - alarm.passed, 0), alarm.speed);
}

void Alarms::set(NodeId node, Alarm alarm) {
  if (pending_.size() <= alarm.round.slot) pending_.resize(alarm.round.slot + 1);
  ++pending_[alarm.round.slot];
  ring(node, alarm);
  alarms_[node].push_back(alarm);
}

void Alarms::move(NodeId node, Alarm& alarm, Tick due) {
  silence(node, alarm);
  alarm.due = due;
  ring(node, alarm);
}

void Alarms::ring(NodeId node, const Alarm& alarm) {
  if (alarm.due == kNever) return;
  const auto [slot, round] = alarm.round;
  Dues& dues = dues_[{slot, round}];
  if (!dues.empty()) tops_.erase({dues.begin()->first, slot, round});
  dues.emplace(alarm.due, node);
  tops_.emplace(dues.begin()->first, slot, round);
}

void Alarms::silence(NodeId node, const Alarm& alarm) {
  if (alarm.due == kNever) return;
  const auto [slot, round] = alarm.round;
  const auto found = dues_.find({slot, round});
  Dues& dues = found->second;
  tops_.erase({dues.begin()->first, slot, round});
  dues.erase({alarm.due, node});
  if (dues.empty())
    dues_.erase(found);
  else
    tops_.emplace(dues.begin()->first, slot, round);
}

}  // namespace hearsay::core
