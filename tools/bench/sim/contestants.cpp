#include <fmt/format.h>

#include <array>
#include <cmath>

#include "tools/bench/sim/contestant.hpp"

namespace hearsay::bench::sim {

std::span<const Engine> engines() {
  static constexpr std::array<Engine, 4> kEngines{{
      {"limit", "a keyed draw, mapped to a node, and a test of that node's bit", run_limit},
      {"sim", "the simulated world", run_sim},
      {"program", "`hearsay run`, the whole process, its result as JSON included", run_program},
      {"heap", "one heap of arrivals, the tests' oracle; for information", run_heap},
  }};
  return kEngines;
}

std::string Work::path() const { return fmt::format(HEARSAY_BENCH_SCENARIOS "/{}.toml", scenario); }

// The version is published after a second, and each round then multiplies those who know it by 1 + 3 x 0.9.
std::vector<std::string> Work::settings() const {
  std::vector<std::string> all = {fmt::format("cluster.nodes={}", nodes)};
  const double bulk_s = 1 + std::log(nodes) / std::log(3.7);
  if (scenario == "faults") all.push_back(fmt::format("fault.crash.at={:.0f}ms", 1000 * bulk_s));
  return all;
}

}  // namespace hearsay::bench::sim
