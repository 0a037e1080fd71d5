#include "faults/holds.hpp"

namespace hearsay::faults {

Holds::Number Holds::hold(Batch& batch, std::uint32_t slot, std::uint32_t burst, Tick until) {
  batch.mark(slot, burst, kHeld);
  judged_.push_back({slot, burst, ++last_, until});
  return last_;
}

void Holds::keep(const Batch& judged) {
  for (const Judged& each : judged_) {
    const auto [slot, burst, number, until] = each;
    if (judged.fate(slot)[burst] != kGoesOn) continue;
    waiting_.emplace(number, Held{.slot = judged.slot(),
                                  .version = judged.version(),
                                  .round = judged.round(),
                                  .from = judged.from()[burst],
                                  .life = judged.life()[burst],
                                  .to = judged.to(slot)[burst],
                                  .delay = judged.delay(slot)[burst],
                                  .marks = judged.marks(slot, burst)});
    untils_.emplace(until, number);
  }
  judged_.clear();
}

void Holds::pass(Tick now) {
  for (; !untils_.empty() && untils_.top().first <= now; untils_.pop()) let_go(untils_.top().second, now);
}

bool Holds::depart(Batch& into) {
  while (departed_ < released_.size()) {
    const auto [number, at] = released_[departed_++];
    const auto found = waiting_.find(number);
    if (found == waiting_.end()) continue;
    const Held held = found->second;
    waiting_.erase(found);
    forget_gone();
    into.start(held.slot, held.version, held.round, 1);
    into.add(held.from, held.life, at);
    into.seal();
    into.to(0)[0] = held.to;
    into.delay(0)[0] = held.delay;
    if (const auto marks = static_cast<Marks>(held.marks & ~kHeld)) into.mark(0, 0, marks);
    return true;
  }
  released_.clear();
  departed_ = 0;
  return false;
}

void Holds::forget_gone() {
  while (!untils_.empty() && !waiting_.contains(untils_.top().second)) untils_.pop();
}

}  // namespace hearsay::faults
