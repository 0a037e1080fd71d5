#pragma once

#include <optional>

#include "base/batch.hpp"
#include "base/random.hpp"
#include "base/random_duration.hpp"
#include "faults/layer.hpp"
#include "scenario/scenario.hpp"

namespace hearsay::core {

/// What lies between sender and receiver: the latency of links, and the fault layer.
class Wire {
 public:
  Wire(const scenario::Network& network, std::optional<DurationModel> fallback, Duration least,
       const std::vector<scenario::Fault>& faults, std::uint64_t seed, NodeId nodes);
  Duration least_latency() const { return latency_ ? std::max<Duration>(latency_->low, 1) : 1; }

  /// Judges an addressed batch: fates, and the delay of what goes on.
  void judge(Batch& batch);

  faults::Layer& faults() { return faults_; }
  const faults::Layer& faults() const { return faults_; }

  /// How many messages that went on were held back by a fault.
  std::uint64_t delayed() const { return delayed_; }

 private:
  void count_delayed(const Batch& batch);
  void add_latency(Batch& batch);

  std::optional<scenario::DurationRange> latency_;
  Key key_;
  faults::Layer faults_;
  std::uint64_t delayed_ = 0;
};

}  // namespace hearsay::core
