#pragma once

// Messages for faults to judge, and faults as a user would write them.

#include <string>
#include <string_view>
#include <vector>

#include "faults/layer.hpp"
#include "tests/support/batches.hpp"
#include "tests/support/written.hpp"

namespace hearsay::faults {

constexpr NodeId kNodes = 20;

/// The [[fault]]s of `toml` in a cluster of kNodes nodes.
inline std::vector<scenario::Fault> faults_of(const std::string& toml) {
  return testing::written("cluster.nodes = " + std::to_string(kNodes) + "\n" + toml).faults;
}

/// A rule of no parameters yet.
inline scenario::Fault bare(std::string_view name, std::string_view kind) {
  scenario::Fault fault;
  fault.name = name;
  fault.kind = kind;
  return fault;
}

inline Layer layer_of(const std::string& toml, std::uint64_t seed = 1) {
  return Layer(faults_of(toml), seed, kNodes);
}

/// What one message is.
struct Message {
  NodeId from;
  NodeId to;
  Fate fate;
  std::uint32_t delay;
  Marks marks = 0;
  std::uint32_t copy = 0;

  bool dropped() const { return fate != kGoesOn; }
  friend bool operator==(const Message&, const Message&) = default;
};

/// One burst of every node and of the initiator at `at`: slot k of node i goes to node i + k, modulo kNodes.
inline Batch traffic(Tick at = 0, const testing::Common& common = {.fanout = 3}) {
  std::vector<testing::Burst> bursts;
  for (NodeId node = 0; node < kNodes; ++node) bursts.push_back({.from = node, .at = at});
  bursts.push_back({.from = kInitiator, .at = at});
  Batch batch = testing::sealed(bursts, common);
  for (std::uint32_t slot = 0; slot < common.fanout; ++slot)
    for (std::uint32_t burst = 0; burst < batch.bursts(); ++burst)
      batch.to(slot)[burst] = (burst + slot) % kNodes;
  return batch;
}

inline std::vector<Message> messages_in(const Batch& batch) {
  std::vector<Message> messages;
  for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot)
    for (std::uint32_t burst = 0; burst < batch.bursts(); ++burst)
      if (batch.fate(slot)[burst] != kAbsent)
        messages.push_back({batch.from()[burst], batch.to(slot)[burst], batch.fate(slot)[burst],
                            batch.delay(slot)[burst], batch.marks(slot, burst), batch.copy()});
  return messages;
}

/// What becomes of `batch`; then the copies that were made.
inline std::vector<Message> judged(Layer& layer, Batch batch) {
  layer.judge(batch);
  std::vector<Message> all = messages_in(batch);
  while (const Batch* copies = layer.next_copies()) {
    const std::vector<Message> more = messages_in(*copies);
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

}  // namespace hearsay::faults
