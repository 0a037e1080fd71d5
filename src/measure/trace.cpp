#include "measure/trace.hpp"

#include "base/random.hpp"
#include "base/wide.hpp"

namespace hearsay::measure {
namespace {

/// A hash of who sent what when, by burst.
HEARSAY_WIDE void hash_bursts(std::size_t count, std::uint64_t common, const NodeId* from, const Life* life,
                              const Tick* at, std::uint64_t* left) {
  for (std::size_t i = 0; i < count; ++i)
    left[i] = Hash(common ^ word(life[i], from[i]), moment(Event::Kind::send, at[i])).low;
}

HEARSAY_WIDE void add_sent(Hashes& into, std::size_t count, std::uint64_t index, const std::uint64_t* left,
                           const NodeId* to, const Fate* fate, const std::uint32_t* delay,
                           const std::uint32_t* named) {
  Hashes hashes = into;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t duration = fate[i] == kGoesOn ? delay[i] : 0;
    hashes.add(Hash(left[i] ^ (index << 32 | to[i]), std::uint64_t{named[fate[i]]} << 32 | duration));
  }
  into = hashes;
}

HEARSAY_WIDE void add_arrived(Hashes& into, std::size_t count, std::uint64_t base, std::uint64_t version,
                              const Arrival* arrivals) {
  Hashes hashes = into;
  for (std::size_t i = 0; i < count; ++i)
    hashes.add(Hash(version ^ arrivals[i].to(), base + (std::uint64_t{arrivals[i].offset()} << 8)));
  into = hashes;
}

}  // namespace

Trace::Trace(bool digested, EventSink* sink, const std::vector<std::string>& faults)
    : digested_(digested), sink_(sink) {
  for (std::size_t i = 0; i < faults.size(); ++i) named_.at(i + 1) = Key(0, faults[i]).block(0, 0, 0, 0)[0];
}

void Trace::sent(const Batch& batch) {
  if (digested_) digest_sent(batch);
  if (sink_ != nullptr) show_sent(batch);
}

void Trace::digest_sent(const Batch& batch) {
  const std::uint64_t common = Hash(static_cast<std::uint64_t>(batch.version()), batch.round()).low;
  left_.resize(batch.bursts());
  hash_bursts(batch.bursts(), common, batch.from().data(), batch.life().data(), batch.at().data(),
              left_.data());
  Hashes hashes;
  for (std::uint32_t index = 0; index < batch.fanout(); ++index)
    add_sent(hashes, batch.bursts(), index, left_.data(), batch.to(index).data(), batch.fate(index).data(),
             batch.delay(index).data(), named_.data());
  hashes.add_to(digest_);
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
    Hashes hashes;
    add_arrived(hashes, arrivals.size(), moment(kind, base), Hash(static_cast<std::uint64_t>(version), 0).low,
                arrivals.data());
    hashes.add_to(digest_);
  }
  if (sink_ == nullptr) return;
  for (const Arrival arrival : arrivals)
    sink_->happened({.at = base + arrival.offset(), .kind = kind, .version = version, .to = arrival.to()});
}

}  // namespace hearsay::measure
