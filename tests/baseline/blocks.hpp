#pragma once

// A hand-made baseline.

#include <string>
#include <utility>

#include "baseline/baseline.hpp"

namespace hearsay::baseline {

inline verdict::Sample small_sample(std::uint64_t seed) {
  return {.seed = seed,
          .runs = 3,
          .versions = 2,
          .committed = {true, true, false, true, true, true},
          .within = {{5 * kSecond, {false, true, false, true, false, false}}},
          .sent = {30, 30, 28},
          .learnings = {8, 7, 8}};
}

inline Baseline small_baseline(const std::string& name = "lossy") {
  Block block{.program = "hearsay 1.2.3 (abc)", .world = "sim", .commit = "all", .nodes = 4};
  block.keys = {{"gossip.fanout", "3"}};
  block.first = small_sample(7);
  block.fresh = small_sample(kFirstFreshSeed);
  return {{name, block}};
}

}  // namespace hearsay::baseline
