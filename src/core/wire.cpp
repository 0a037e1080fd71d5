#include "core/wire.hpp"

namespace hearsay::core {

Wire::Wire(const scenario::Network& network, std::optional<DurationModel> fallback, Duration,
           const std::vector<scenario::Fault>& faults, std::uint64_t seed, NodeId nodes)
    : latency_(network.latency ? network.latency
               : fallback      ? std::optional(scenario::DurationRange{fallback->low, fallback->high})
                               : std::nullopt),
      key_(seed, "latency"),
      faults_(faults, seed, nodes) {}

void Wire::judge(Batch& batch) {
  faults_.judge(batch);
  count_delayed(batch);
  if (latency_) add_latency(batch);
}

void Wire::count_delayed(const Batch& batch) {
  for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot) {
    const auto fate = batch.fate(slot);
    const auto delay = batch.delay(slot);
    for (std::size_t i = 0; i < fate.size(); ++i) delayed_ += fate[i] == kGoesOn && delay[i] > 0;
  }
}

void Wire::add_latency(Batch& batch) {
  const auto low = static_cast<std::uint64_t>(latency_->low);
  const auto values = static_cast<std::uint64_t>(latency_->high - latency_->low) + 1;
  if (values > 1) batch.draw(key_);
  for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot) {
    const auto drawn = batch.drawn(slot);
    const auto delay = batch.delay(slot);
    for (std::size_t i = 0; i < delay.size(); ++i)
      delay[i] += static_cast<std::uint32_t>(low + (values > 1 ? scaled(values, drawn[i]) : 0));
  }
}

}  // namespace hearsay::core
