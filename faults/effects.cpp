#include "faults/effects.hpp"

#include <algorithm>
#include <utility>

namespace hearsay::faults {

Batch& Effects::copy(const Batch& of, std::span<const std::uint8_t> picked, const Key& fault,
                     std::uint32_t k) {
  if (spare_.empty()) spare_.push_back(std::make_unique<Batch>());
  made_.push_back({std::move(spare_.back()), next_rule_});
  spare_.pop_back();
  Batch& batch = *made_.back().batch;
  const auto version = static_cast<std::uint64_t>(of.version());
  const Key key = fault.with("copies").with(of.copy()).with(version);
  batch.copy(of, picked, std::max(1U, key.block(k, 0, 0, 0)[0]));
  return batch;
}

void Effects::settled(Slot slot) {
  const auto found = std::ranges::lower_bound(open_, slot, {}, &OpenVersion::slot);
  if (found != open_.end() && found->slot == slot) open_.erase(found);
}

std::span<const OpenVersion> Effects::opened_before(Slot slot) const {
  return {open_.begin(), std::ranges::lower_bound(open_, slot, {}, &OpenVersion::slot)};
}

Effects::Made& Effects::take() {
  if (taken_.batch) spare_.push_back(std::move(taken_.batch));
  taken_ = std::move(made_.front());
  made_.pop_front();
  return taken_;
}

}  // namespace hearsay::faults
