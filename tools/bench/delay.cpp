#include "tools/bench/delay.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <string_view>
#include <vector>

#include "live/cluster.hpp"
#include "measure/outcome.hpp"
#include "tools/load.hpp"

namespace hearsay::bench {
namespace {

constexpr Duration kDelays[] = {1 * kMillisecond, 20 * kMillisecond, 100 * kMillisecond};

// One node and no rounds: a version is one message, and its commit latency that message's delay, with all
// that timers, client, server and kernel add from the intended instant of the publish on.
constexpr std::string_view kOneMessageAVersion = R"(
cluster.nodes = 1
gossip = {{ fanout = 1, rounds = 0 }}
publish = {{ fanout = 1, versions = 500, interval = "10ms" }}
fault = [{{ name = "constant", kind = "delay", delay = "{}us" }}]
)";

void measure_one(Duration delay) {
  core::Observer nobody;
  const scenario::Scenario scenario = tools::load_text(fmt::format(kOneMessageAVersion, delay), "delay", {});
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
