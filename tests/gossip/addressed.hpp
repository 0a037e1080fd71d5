#pragma once

// Bursts that a population has addressed.

#include <vector>

#include "gossip/population.hpp"
#include "tests/support/batches.hpp"

namespace hearsay::gossip {

/// The targets of one burst, by slot.
using Targets = std::vector<NodeId>;

inline Targets targets_in(const Batch& batch, std::size_t burst) {
  Targets targets;
  for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot) targets.push_back(batch.to(slot)[burst]);
  return targets;
}

inline Batch addressed(Population& population, const std::vector<testing::Burst>& bursts,
                       const testing::Common& common) {
  Batch batch = testing::sealed(bursts, common);
  population.address(batch);
  return batch;
}

inline Targets targets_of(Population& population, const testing::Burst& burst,
                          const testing::Common& common) {
  return targets_in(addressed(population, {burst}, common), 0);
}

}  // namespace hearsay::gossip
