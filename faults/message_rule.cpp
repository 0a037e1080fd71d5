#include "faults/message_rule.hpp"

#include <algorithm>
#include <utility>

#include "base/bytes.hpp"
#include "base/wide.hpp"

namespace hearsay::faults {
namespace {

HEARSAY_WIDE void mark_going_on(std::size_t count, const std::uint8_t* senders, const Fate* fate,
                                std::uint8_t* marks) {
  for (std::size_t i = 0; i < count; ++i)
    marks[i] = static_cast<std::uint8_t>(senders[i] & static_cast<std::uint8_t>(fate[i] == kGoesOn));
}

}  // namespace

MessageRule::MessageRule(std::unique_ptr<MessageFault> fault, const Setting& setting, std::size_t index)
    : fault_(std::move(fault)),
      index_(index),
      window_(setting.rule.window),
      from_(setting.rule.from, setting, "from"),
      to_(setting.rule.to, setting, "to"),
      narrows_(fault_->narrows()),
      limit_(setting.rule.limit.value_or(kNoLimit)) {}

bool MessageRule::limited() const { return limit_ != kNoLimit; }

Order MessageRule::order() const {
  return limited() ? std::max(fault_->order(), Order::by_time) : fault_->order();
}

bool MessageRule::shared() const {
  return from_.random() || to_.random() || fault_->shared() || order() != Order::none;
}

std::uint64_t MessageRule::judge(Batch& batch, Effects& effects) {
  const std::uint64_t eligible = mark(batch, effects);
  if (eligible == 0) return 0;
  effects.at(place_ + 1);
  const std::uint64_t hits = hit(batch, eligible, effects);
  eligible_count_ += eligible;
  hits_ += hits;
  return hits;
}

std::uint64_t MessageRule::hit(Batch& batch, std::uint64_t eligible, Effects& effects) {
  const std::uint64_t left = limit_ - hits_;
  if (eligible <= left) return fault_->judge(batch, eligible_, fate(), effects);
  if (left != 0) return hit_one_by_one(batch, effects);
  fault_->let_pass(batch, eligible_, effects);
  return 0;
}

// There may be more to hit than the limit allows: each is asked for on its own, in order.
std::uint64_t MessageRule::hit_one_by_one(Batch& batch, Effects& effects) {
  std::uint64_t hits = 0;
  for (std::uint32_t burst = 0; burst < batch.bursts(); ++burst)
    for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot) {
      if (eligible_.column(slot)[burst] == 0) continue;
      one_.reset(batch);
      one_.column(slot)[burst] = 1;
      if (hits_ + hits < limit_)
        hits += fault_->judge(batch, one_, fate(), effects);
      else
        fault_->let_pass(batch, one_, effects);
    }
  return hits;
}

std::uint64_t MessageRule::mark(const Batch& batch, const Effects& effects) {
  if (!mark_senders(batch)) return 0;
  eligible_.lay_out(batch);
  for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot) {
    const auto marks = eligible_.column(slot);
    mark_going_on(marks.size(), senders_.data(), batch.fate(slot).data(), marks.data());
    if (!to_.everyone()) mark_receivers(batch.to(slot), marks);
  }
  if (narrows_) fault_->narrow(batch, openings_, effects, eligible_);
  return sum_of_bytes(eligible_.all());
}

// Whole batches are sent inside one opening, or between two, but for a few at the edges.
bool MessageRule::mark_senders(const Batch& batch) {
  const auto at = batch.at();
  const auto first = window_.opening(at.front());
  const bool same = window_.change_after(at.front()) > at.back();
  if (same && !first) return false;
  senders_.assign(batch.bursts(), 1);
  if (narrows_ || !same) openings_.assign(batch.bursts(), first.value_or(0));
  if (same) {
    whole_ = first;
    from_.mark(batch.from(), *first, senders_);
    return true;
  }
  whole_.reset();
  for (std::size_t burst = 0; burst < at.size(); ++burst) {
    const auto opening = window_.opening(at[burst]);
    openings_[burst] = opening.value_or(0);
    senders_[burst] = opening && from_.matches(batch.from()[burst], *opening);
  }
  return true;
}

void MessageRule::mark_receivers(std::span<const NodeId> to, std::span<std::uint8_t> marks) {
  if (whole_) return to_.mark(to, *whole_, marks);
  for (std::size_t burst = 0; burst < to.size(); ++burst)
    if (marks[burst] != 0) marks[burst] = to_.matches(to[burst], openings_[burst]);
}

}  // namespace hearsay::faults
