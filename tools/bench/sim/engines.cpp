// The engines of virtual time, called as a program would that has them as a library.

#include "sim/heap.hpp"
#include "sim/simulation.hpp"
#include "tools/bench/exchange.hpp"
#include "tools/bench/process.hpp"
#include "tools/bench/sim/contestant.hpp"
#include "tools/load.hpp"

namespace hearsay::bench::sim {
namespace {

template <typename Run>
Sample measure_all(const Work& work, Run run) {
  scenario::Scenario scenario = tools::load({work.path()}, work.settings()).front();
  core::Observer nobody;
  Sample sample;
  const double begin = cpu_seconds();
  for (std::uint32_t seed = 0; seed < work.seeds; ++seed, ++scenario.seed)
    sample.messages += run(scenario, nobody).messages.sent;
  sample.cpu_s = cpu_seconds() - begin;
  sample.peak_bytes = peak_bytes();
  return sample;
}

}  // namespace

Sample run_sim(const Work& work) {
  return measure_all(work, [](const scenario::Scenario& scenario, core::Observer& observer) {
    return hearsay::sim::run(scenario, observer);
  });
}

Sample run_heap(const Work& work) { return measure_all(work, hearsay::sim::run_by_heap); }

}  // namespace hearsay::bench::sim
