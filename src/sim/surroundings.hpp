#pragma once

#include "core/driver.hpp"

namespace hearsay::sim {

/// What every engine of virtual time has in common.
inline core::Surroundings surroundings() {
  return {.latency = DurationModel{.low = kMillisecond, .high = kMillisecond},
          .least_latency = kMicrosecond,
          .deterministic = true,
          .open_to_clients = false};
}

}  // namespace hearsay::sim
