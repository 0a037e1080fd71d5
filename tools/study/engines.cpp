#include "tools/study/engines.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <utility>

#include "base/digest.hpp"
#include "sim/heap.hpp"
#include "sim/simulation.hpp"
#include "tools/load.hpp"

namespace hearsay::study {
namespace {

using Clock = std::chrono::steady_clock;

struct Timed {
  measure::Outcome outcome;
  double seconds;
};

template <typename Engine>
Timed timed(const Engine& engine, const scenario::Scenario& scenario) {
  core::Observer nobody;
  const Clock::time_point start = Clock::now();
  measure::Outcome outcome = engine(scenario, nobody);
  return {std::move(outcome), std::chrono::duration<double>(Clock::now() - start).count()};
}

scenario::Scenario smaller(const std::string& file, std::uint32_t divide) {
  const NodeId nodes = tools::load({file}, {}).front().cluster.nodes / divide;
  return tools::load({file}, {fmt::format("cluster.nodes={}", nodes)}).front();
}

bool agree(const scenario::Scenario& scenario) {
  const Timed fast =
      timed([](const auto& whole, auto& observer) { return sim::run(whole, observer); }, scenario);
  const Timed heap = timed(&sim::run_by_heap, scenario);
  const bool same = fast.outcome.trace_digest == heap.outcome.trace_digest;
  fmt::print("{}: {} nodes, {} messages: {:.1f} s, by the heap {:.1f} s; {}\n", scenario.name,
             scenario.cluster.nodes, fast.outcome.messages.sent, fast.seconds, heap.seconds,
             same ? "one digest, " + to_string(*fast.outcome.trace_digest) : "their digests differ");
  std::fflush(stdout);
  return same;
}

}  // namespace

std::vector<std::string> large_files() {
  return {HEARSAY_SOURCE_DIR "/scenarios/million.toml", HEARSAY_SOURCE_DIR "/scenarios/ten-million.toml"};
}

bool run_engines(const Engines& study) {
  bool all = true;
  for (const std::string& file : study.files) all = agree(smaller(file, study.divide)) && all;
  return all;
}

}  // namespace hearsay::study
