#include "measure/trace.hpp"

namespace hearsay::measure {
namespace {

std::uint64_t word(std::uint64_t high, std::uint32_t low) { return high << 32 | low; }

/// What the events of one kind at one instant have in common.
std::uint64_t moment(Event::Kind kind, Tick at) {
  return static_cast<std::uint64_t>(at) << 8 | static_cast<std::uint8_t>(kind);
}

}  // namespace

void Trace::sent(const Batch& batch) {
  if (digested_) digest_sent(batch);
  if (sink_ != nullptr) show_sent(batch);
}

void Trace::digest_sent(const Batch& batch) {
  const std::uint64_t common = mixed(static_cast<std::uint64_t>(batch.version()), batch.round());
  left_.resize(batch.bursts());
  for (std::uint32_t burst = 0; burst < batch.bursts(); ++burst) {
    const std::uint64_t sender = mixed(word(batch.life()[burst], batch.from()[burst]), common);
    left_[burst] = mixed(moment(Event::Kind::send, batch.at()[burst]), sender);
  }
  Digest digest = digest_;
  for (std::uint32_t index = 0; index < batch.fanout(); ++index) {
    const auto to = batch.to(index);
    const auto fate = batch.fate(index);
    const auto delay = batch.delay(index);
    for (std::size_t i = 0; i < to.size(); ++i)
      digest.add(left_[i] ^ word(index, to[i]), word(fate[i], fate[i] == kGoesOn ? delay[i] : 0));
  }
  digest_ = digest;
}

void Trace::show_sent(const Batch& batch) {
  for (std::uint32_t burst = 0; burst < batch.bursts(); ++burst)
    for (std::uint32_t index = 0; index < batch.fanout(); ++index) {
      const Fate fate = batch.fate(index)[burst];
      sink_->happened({.at = batch.at()[burst],
                       .kind = Event::Kind::send,
                       .version = batch.version(),
                       .from = batch.from()[burst],
                       .life = batch.life()[burst],
                       .round = batch.round(),
                       .index = index,
                       .to = batch.to(index)[burst],
                       .fate = fate,
                       .duration = fate == kGoesOn ? batch.delay(index)[burst] : 0});
    }
}

void Trace::arrived(Event::Kind kind, Tick base, Version version, std::span<const Arrival> arrivals) {
  if (digested_) {
    const std::uint64_t known = mixed(static_cast<std::uint64_t>(version), 0);
    Digest digest = digest_;
    for (const Arrival arrival : arrivals)
      digest.add(moment(kind, base + arrival.offset()), known ^ arrival.to());
    digest_ = digest;
  }
  if (sink_ == nullptr) return;
  for (const Arrival arrival : arrivals)
    sink_->happened({.at = base + arrival.offset(), .kind = kind, .version = version, .to = arrival.to()});
}

void Trace::happened(const Event& event) {
  if (digested_)
    digest_.add(moment(event.kind, event.at),
                mixed(static_cast<std::uint64_t>(event.version), word(event.life, event.to)));
  if (sink_ != nullptr) sink_->happened(event);
}

}  // namespace hearsay::measure
