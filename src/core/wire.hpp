#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/batch.hpp"
#include "base/bits.hpp"
#include "base/random.hpp"
#include "base/random_duration.hpp"
#include "core/phase_meter.hpp"
#include "faults/layer.hpp"
#include "scenario/phase.hpp"
#include "scenario/scenario.hpp"

namespace hearsay::core {

/// What lies between sender and receiver: the latency of links, and the fault layer.
class Wire {
 public:
  /// A message between `nodes` nodes has the latency of the first group it belongs to, else that of the
  /// network, else `fallback`; none: it arrives as fast as the world carries it. No message takes less than
  /// `least`: ranges and bounds that begin below begin there. Messages are counted by each of `phases`.
  Wire(const scenario::Network& network, const std::optional<DurationModel>& fallback, Duration least,
       const std::vector<scenario::Fault>& faults, std::uint64_t seed, NodeId nodes,
       const std::vector<scenario::Phase>& phases = {});

  /// Judges an addressed batch: fates, and the delay of what goes on.
  void judge(Batch& batch);

  /// Copies that faults made of what was judged last, judged as well; null: there are none left. Good until
  /// the next call.
  Batch* next_copies();

  /// The least time that any message can take, whatever faults add; 0 if some have no latency.
  Duration least_latency() const;

  faults::Layer& faults() { return faults_; }
  const faults::Layer& faults() const { return faults_; }

  /// How many messages that went on were held back by a fault.
  std::uint64_t delayed() const { return delayed_; }

  /// What was sent in each phase.
  const std::vector<measure::PhaseMessages>& by_phase() const { return meter_.counts(); }

 private:
  struct Group {
    Bits a;
    Bits b;
    RandomDuration latency;
  };

  /// A mark, 0 or 1, for each burst of a batch.
  using Marks = std::array<std::uint8_t, Batch::kMostBursts>;

  void count_delayed(const Batch& batch);
  void add_latency(Batch& batch);
  void add_latencies_alike(Batch& batch);
  void add_by_group(Batch& batch);
  static void take(const Group& group, const Batch& batch, std::uint32_t slot, Marks& left, Marks& taken);

  std::vector<Group> groups_;
  RandomDuration latency_;  // of what belongs to no group
  bool drawn_;              // some latency is random
  Key key_;
  faults::Layer faults_;
  std::uint64_t delayed_ = 0;
  PhaseMeter meter_;
};

}  // namespace hearsay::core
