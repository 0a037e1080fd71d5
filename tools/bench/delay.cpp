#include "tools/bench/delay.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <vector>

#include "live/cluster.hpp"
#include "measure/outcome.hpp"

namespace hearsay::bench {
namespace {

constexpr Duration kDelays[] = {1 * kMillisecond, 20 * kMillisecond, 100 * kMillisecond};

// One node and no rounds: a version is one message, and its commit latency that message's delay, with all
// that timers, client, server and kernel add from the intended instant of the publish on.
scenario::Scenario scenario_of(Duration delay) {
  scenario::Scenario scenario;
  scenario.cluster.nodes = 1;
  scenario.gossip.rounds = 0;
  scenario.publish.fanout = 1;
  scenario.publish.versions = 500;
  scenario.publish.interval = 10 * kMillisecond;
  scenario::Fault& fault = scenario.faults.emplace_back();
  fault.name = "constant";
  fault.kind = "delay";
  fault.parameters.emplace("delay", DurationModel{.low = delay, .high = delay});
  return scenario;
}

void measure_one(Duration delay) {
  core::Observer nobody;
  const scenario::Scenario scenario = scenario_of(delay);
  const measure::Summary summary = measure::summarize(live::run(scenario, nobody));
  std::vector<double> excess;
  for (const double share : {0.5, 0.99, 1.0})
    excess.push_back(milliseconds(measure::quantile(summary.latencies, share) - delay));
  if (summary.latencies.front() < delay) throw std::runtime_error("a message came before its delay was over");
  fmt::print("{:9.0f} {:9} {:9.3f} {:9.3f} {:9.3f}\n", milliseconds(delay), summary.latencies.size(),
             excess[0], excess[1], excess[2]);
}

}  // namespace

void run_delay() {
  fmt::print("Time in ms by which messages of an idle live cluster exceed their delay\n\n");
  fmt::print("{:>9} {:>9} {:>9} {:>9} {:>9}\n", "delay ms", "messages", "p50", "p99", "max");
  for (const Duration delay : kDelays) measure_one(delay);
}

}  // namespace hearsay::bench
