#pragma once

// Batches of messages, as tests make them up.

#include <vector>

#include "base/batch.hpp"

namespace hearsay::testing {

/// What a node, or the initiator, sends at once.
struct Burst {
  NodeId from = 0;
  Life life = 0;
  Tick at = 0;
};

/// What the bursts of a batch have in common.
struct Common {
  std::uint32_t fanout = 1;
  Version version = 1;
  Round round = 1;
  Slot slot = 0;
};

inline Batch sealed(const std::vector<Burst>& bursts, const Common& common) {
  Batch batch;
  batch.start(common.slot, common.version, common.round, common.fanout);
  for (const Burst& burst : bursts) batch.add(burst.from, burst.life, burst.at);
  batch.seal();
  return batch;
}

}  // namespace hearsay::testing
