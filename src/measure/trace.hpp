#pragma once

// The trace of a run: a digest over all its events, and, for who asks, the events themselves.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/arrival.hpp"
#include "base/batch.hpp"
#include "base/digest.hpp"
#include "measure/event.hpp"

namespace hearsay::measure {

/// What the events of one kind at one instant have in common, as a word to hash.
constexpr std::uint64_t moment(Event::Kind kind, Tick at) {
  return static_cast<std::uint64_t>(at) << 8 | static_cast<std::uint8_t>(kind);
}

/// Two numbers as a word to hash.
constexpr std::uint64_t word(std::uint64_t high, std::uint32_t low) { return high << 32 | low; }

class Trace {
 public:
  /// `digested`: whether there is to be a digest, which makes sense where time is virtual. `sink`, if not
  /// null, is told every event, and must outlive the trace. `faults` are the names of those that fates stand
  /// for: the digest knows them by their names, so that others may come and go.
  Trace(bool digested, EventSink* sink, const std::vector<std::string>& faults = {});

  /// All messages of a judged batch left.
  void sent(const Batch& batch);

  /// What reached its receivers, each `offset` after `base`, all of one version: deliver or fail.
  void arrived(Event::Kind kind, Tick base, Version version, std::span<const Arrival> arrivals);

  /// Anything else happened.
  void happened(const Event& event) {
    if (digested_)
      digest_.add(Hash(static_cast<std::uint64_t>(event.version), word(event.life, event.to)).low,
                  moment(event.kind, event.at));
    if (sink_ != nullptr) sink_->happened(event);
  }

  /// No event before `now` is to come any more.
  void reached(Tick now) {
    if (sink_ != nullptr) sink_->reached(now);
  }

  bool digested() const { return digested_; }
  const Digest& digest() const { return digest_; }

 private:
  void digest_sent(const Batch& batch);
  void show_sent(const Batch& batch);

  bool digested_;
  EventSink* sink_;
  Digest digest_;
  std::array<std::uint32_t, 256> named_ = {};  // by fate: a hash of its fault's name; 0 for what goes on
  std::vector<std::uint64_t> left_;            // by burst: a hash of who sent it when
};

}  // namespace hearsay::measure
