// Prints digests of what must come out the same from every compiler, at every level of optimisation, on every
// processor: runs of the simulated world with all that they draw. Its scenarios are written here, so that it
// needs nothing above the simulated world and no toml++.

#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "base/digest.hpp"
#include "base/random_duration.hpp"
#include "core/observer.hpp"
#include "scenario/scenario.hpp"
#include "sim/heap.hpp"
#include "sim/simulation.hpp"

namespace hearsay::portability {
namespace {

using scenario::Fault;
using scenario::Scenario;
using scenario::Selector;
using Shape = DurationModel::Shape;

constexpr DurationModel uniform(Duration low, Duration high) { return {.low = low, .high = high}; }

constexpr DurationModel drawn(Shape shape, Duration mean, Duration jitter) {
  return {.shape = shape, .high = kMinute, .mean = mean, .jitter = jitter};
}

Selector share(double share) {
  Selector selector{Selector::Kind::share};
  selector.share = share;
  return selector;
}

Selector ids(NodeId first, NodeId last) { return {Selector::Kind::ids, {{first, last}}}; }

Fault drop(double probability) {
  return {.name = "drop",
          .kind = "drop",
          .parameters = {{"probability", probability}, {"what", std::string("request")}}};
}

Fault delay(const DurationModel& by, Selector to) {
  return {.name = "delay", .kind = "delay", .to = std::move(to), .parameters = {{"delay", by}}};
}

Fault kill(Selector nodes, const std::string& state) {
  return {
      .name = "kill",
      .kind = "kill",
      .window = {.at = 1'500 * kMillisecond, .every = 700 * kMillisecond},
      .parameters = {{"nodes", std::move(nodes)}, {"state", state}, {"restart_after", 400 * kMillisecond}}};
}

Scenario cluster(const char* name, NodeId nodes, const DurationModel& latency, std::vector<Fault> faults) {
  Scenario scenario;
  scenario.name = name;
  scenario.seed = 42;
  scenario.cluster.nodes = nodes;
  scenario.network.latency = latency;
  scenario.publish = {.versions = 3, .interval = 300 * kMillisecond};
  scenario.faults = std::move(faults);
  return scenario;
}

/// Fanouts so great that targets are drawn again and again, and no wait before the first round.
Scenario wide() {
  Scenario scenario = cluster("wide", 150, uniform(1, 9), {drop(0.5), kill(share(0.5), "keep")});
  scenario.cluster.commit = scenario::CommitRule::alive;
  scenario.gossip = {.fanout = 20, .rounds = 2, .interval = 500 * kMillisecond, .at_once = true};
  scenario.publish.fanout = 149;
  return scenario;
}

Scenario regions() {
  Scenario scenario = cluster("regions", 500, uniform(kMillisecond, kMillisecond), {drop(0.2)});
  scenario.network.groups = {
      {ids(0, 249), ids(0, 249), drawn(Shape::lognormal, 2 * kMillisecond, kMillisecond)},
      {ids(0, 249), ids(250, 499), drawn(Shape::normal, 80 * kMillisecond, 4 * kMillisecond)}};
  return scenario;
}

std::vector<Scenario> scenarios() {
  constexpr Duration kMean = 30 * kMillisecond;
  constexpr Duration kJitter = 20 * kMillisecond;
  return {
      cluster("uniform", 3'000, uniform(kMillisecond, 50 * kMillisecond), {drop(0.1)}),
      cluster(
          "lognormal", 2'000, drawn(Shape::lognormal, kMean, kJitter),
          {drop(0.3), delay(drawn(Shape::lognormal, kJitter, kMean), share(0.3)), kill(share(0.1), "wipe")}),
      cluster("normal", 500, drawn(Shape::normal, kMean, kJitter), {delay(uniform(0, kMean), ids(0, 99))}),
      cluster("exponential", 500, drawn(Shape::exponential, kMean, 0), {kill(ids(7, 33), "keep")}),
      cluster("pareto", 500, drawn(Shape::pareto, kMean, kJitter), {drop(0.6)}),
      regions(),
      wide(),
  };
}

void print(const char* what, const std::string& name, const std::string& digest) {
  std::printf("%s %s %s\n", digest.c_str(), what, name.c_str());
}

void print_run(const Scenario& scenario, const char* engine, const measure::Outcome& outcome) {
  print(engine, scenario.name, to_string(*outcome.trace_digest));
  print("learned", scenario.name, to_string(outcome.learned_digest));
}

/// Words from all over the range, the rarest included.
void print_durations(const std::string& name, const DurationModel& model) {
  constexpr std::uint32_t kStep = 104'729;
  const RandomDuration duration(model);
  Digest digest;
  for (std::uint64_t word = 0; word <= 0xFFFFFFFF; word += kStep)
    digest.add(word, static_cast<std::uint64_t>(duration.of(static_cast<std::uint32_t>(word))));
  digest.add(0xFFFFFFFF, static_cast<std::uint64_t>(duration.of(0xFFFFFFFF)));
  print("durations", name, to_string(digest));
}

void print_all() {
  core::Observer observer;
  for (const Scenario& scenario : scenarios()) print_run(scenario, "sim", sim::run(scenario, observer));
  print_run(wide(), "heap", sim::run_by_heap(wide(), observer));
  for (const Duration mean : {kMillisecond, 777 * kMillisecond}) {
    const std::string of_mean = " of mean " + std::to_string(mean);
    print_durations("normal" + of_mean, drawn(Shape::normal, mean, mean / 3));
    print_durations("lognormal" + of_mean, drawn(Shape::lognormal, mean, 2 * mean));
    print_durations("exponential" + of_mean, drawn(Shape::exponential, mean, 0));
    print_durations("pareto" + of_mean, drawn(Shape::pareto, mean, mean));
  }
}

}  // namespace
}  // namespace hearsay::portability

int main() { hearsay::portability::print_all(); }
