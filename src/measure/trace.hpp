#pragma once

// The trace of a run: a digest over all its events, and, for who asks, the events themselves.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/arrival.hpp"
#include "base/batch.hpp"
#include "base/digest.hpp"
#include "measure/event.hpp"
#include "measure/trace_digest.hpp"

namespace hearsay::measure {

class Trace {
 public:
  /// `digested`: whether there is to be a digest, which makes sense where time is virtual. `sink`, if not
  /// null, is told every event, and must outlive the trace. `faults` are the names of those that fates stand
  /// for.
  Trace(bool digested, EventSink* sink, const std::vector<std::string>& faults = {});

  /// All messages of a judged batch left.
  void sent(const Batch& batch);

  /// Those messages of a batch that are picked, as the ledger is told, are taken in, at `latest` or before.
  void delivered(const Batch& batch, std::span<const std::uint8_t> picked, Tick latest);

  /// The same happened to nodes in this life of theirs, each `offset` after `base` and none of them later
  /// than `latest` after it: deliver and fail, which know no lives, or learn.
  void happened(Event::Kind kind, Version version, Life life, Tick base, std::span<const Arrival> to,
                std::uint32_t latest);

  /// Anything else happened.
  void happened(const Event& event) {
    if (digested_) digest_.happened(event);
    if (sink_ != nullptr) sink_->happened(event);
  }

  /// No event before `now` is to come any more.
  void reached(Tick now) {
    if (sink_ != nullptr) sink_->reached(now);
  }

  bool digested() const { return digested_; }
  const Digest& digest() const { return digest_.digest(); }

 private:
  void show_sent(const Batch& batch);
  void show_delivered(const Batch& batch, std::span<const std::uint8_t> picked);

  bool digested_;
  EventSink* sink_;
  TraceDigest digest_;
};

}  // namespace hearsay::measure
