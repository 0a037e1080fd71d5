#include <fmt/format.h>

#include <string_view>

#include "live/cluster.hpp"
#include "tools/bench/contestant.hpp"
#include "tools/bench/exchange.hpp"
#include "tools/load.hpp"

namespace hearsay::bench {
namespace {

// Rounds come faster than they can be sent, so that the client always has something to do; the one fault is
// asked about every message and never takes one.
constexpr std::string_view kAlwaysBusy = R"(
cluster.nodes = {}
gossip = {{ rounds = 10, fanout = 3, interval = "1ms" }}
publish = {{ interval = "1ms", deadline = "1h" }}
fault = [{{ name = "never", kind = "drop", probability = 1e-9 }}]
)";

scenario::Scenario scenario_of(unsigned nodes, std::uint64_t messages) {
  scenario::Scenario scenario = tools::load_text(fmt::format(kAlwaysBusy, nodes), "live", {});
  const std::uint64_t a_version = std::uint64_t{nodes} * scenario.gossip.rounds * scenario.gossip.fanout;
  scenario.publish.versions = messages / a_version + 1;
  return scenario;
}

/// Takes the times when the warm-up is over and at the end.
class Stopwatch final : public core::Observer {
 public:
  explicit Stopwatch(std::uint64_t warm_up) : warm_up_(warm_up) {}

  void ready(const std::vector<std::uint16_t>&) override { ready_cpu_s_ = cpu_seconds(); }

  void progress(const core::Progress& progress) override {
    const Reading now = {progress.sent - progress.in_flight, cpu_seconds(), wall_seconds(),
                         cluster->connections()};
    if (now.messages < warm_up_) return;
    if (from_.messages == 0) from_ = now;
    to_ = now;
  }

  Sample sample() const {
    return {to_.messages - from_.messages, to_.wall_s - from_.wall_s, to_.cpu_s - from_.cpu_s,
            to_.connections - from_.connections, ready_cpu_s_};
  }

  const live::Cluster* cluster = nullptr;

 private:
  struct Reading {
    std::uint64_t messages = 0;
    double cpu_s = 0;
    double wall_s = 0;
    std::uint64_t connections = 0;
  };

  std::uint64_t warm_up_;
  double ready_cpu_s_ = 0;
  Reading from_;
  Reading to_;
};

}  // namespace

Sample run_live_world(unsigned nodes, std::uint64_t messages) {
  const std::uint64_t warm_up = warm_up_messages(nodes);
  const scenario::Scenario scenario = scenario_of(nodes, warm_up + messages);
  Stopwatch stopwatch(warm_up);
  live::Cluster cluster(scenario, stopwatch);
  stopwatch.cluster = &cluster;
  cluster.run();
  return stopwatch.sample();
}

}  // namespace hearsay::bench
