#include "measure/trace.hpp"

namespace hearsay::measure {

Trace::Trace(bool digested, EventSink* sink, const std::vector<std::string>& faults)
    : digested_(digested), sink_(sink), digest_(faults) {}

void Trace::sent(const Batch& batch) {
  if (digested_) digest_.sent(batch);
  if (sink_ != nullptr) show_sent(batch);
}

void Trace::show_sent(const Batch& batch) {
  for (std::uint32_t burst = 0; burst < batch.bursts(); ++burst)
    for (std::uint32_t index = 0; index < batch.fanout(); ++index) {
      const Fate fate = batch.fate(index)[burst];
      if (fate == kAbsent) continue;
      sink_->happened({.at = batch.at()[burst],
                       .kind = Event::Kind::send,
                       .version = batch.version(),
                       .from = batch.from()[burst],
                       .life = batch.life()[burst],
                       .round = batch.round(),
                       .index = index,
                       .to = batch.to(index)[burst],
                       .fate = fate,
                       .duration = fate == kGoesOn ? batch.delay(index)[burst] : 0,
                       .copy = batch.copy(),
                       .marks = batch.marks(index, burst)});
    }
}

void Trace::delivered(const Batch& batch, std::span<const std::uint8_t> picked, Tick latest) {
  if (digested_) digest_.delivered(batch, picked, latest);
  if (sink_ != nullptr) show_delivered(batch, picked);
}

void Trace::show_delivered(const Batch& batch, std::span<const std::uint8_t> picked) {
  for (std::uint32_t burst = 0; burst < batch.bursts(); ++burst)
    for (std::uint32_t index = 0; index < batch.fanout(); ++index)
      if (picked[std::size_t{index} * batch.bursts() + burst] != 0)
        sink_->happened({.at = batch.at()[burst] + batch.delay(index)[burst],
                         .kind = Event::Kind::deliver,
                         .version = batch.version(),
                         .to = batch.to(index)[burst]});
}

void Trace::happened(Event::Kind kind, Version version, Life life, Tick base, std::span<const Arrival> to,
                     std::uint32_t latest) {
  if (digested_) digest_.happened(kind, version, life, base, to, latest);
  if (sink_ == nullptr) return;
  for (const Arrival one : to)
    sink_->happened(
        {.at = base + one.offset(), .kind = kind, .version = version, .life = life, .to = one.to()});
}

}  // namespace hearsay::measure
