#include "tools/study/agreement.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <optional>

#include "live/cluster.hpp"
#include "report/figures.hpp"
#include "report/table.hpp"
#include "tools/load.hpp"
#include "tools/study/pair.hpp"

namespace hearsay::study {
namespace {

constexpr double kShares[] = {0.5, 0.9, 0.99};

std::string in_ms(const std::optional<Duration>& span) {
  return span ? fmt::format("{:.1f}", milliseconds(*span)) : "lost";
}

std::vector<std::string> row_of(const measure::Outcome& outcome) {
  const measure::Summary summary = measure::summarize(outcome);
  std::vector<std::string> cells = {outcome.world, fmt::format("{}/{}", summary.committed, summary.published),
                                    fmt::format("{:.1f}%", 100.0 * static_cast<double>(summary.committed) /
                                                               static_cast<double>(summary.published))};
  for (const double share : kShares) cells.push_back(in_ms(measure::latency(summary, share)));
  cells.push_back(fmt::format("{}", outcome.messages.sent));
  cells.push_back(fmt::format("{:.3f}%", 100 * summary.coverage));
  return cells;
}

/// How much later live commits, quantile by quantile, and whether that is within 3 ms and 5 %.
std::string later(const Pair& pair) {
  const measure::Summary live = measure::summarize(pair.live);
  const measure::Summary sim = measure::summarize(pair.sim);
  std::string text;
  bool close = true;
  for (const double share : kShares) {
    const auto a = measure::latency(live, share);
    const auto b = measure::latency(sim, share);
    close &= a.has_value() == b.has_value();
    if (!a || !b) continue;
    const double more = milliseconds(*a - *b);
    close &= std::abs(more) <= 3 + 0.05 * milliseconds(*b);
    text += fmt::format("{}p{:.0f} {:+.1f} ms", text.empty() ? "" : ", ", 100 * share, more);
  }
  return text + (close ? "; within 3 ms + 5 %" : "; not within 3 ms + 5 %");
}

void print_pair(const Pair& pair, std::uint32_t repeat) {
  using report::Align;
  report::Table table({{"", Align::left},
                       {"committed", Align::right},
                       {"rate", Align::right},
                       {"p50 ms", Align::right},
                       {"p90 ms", Align::right},
                       {"p99 ms", Align::right},
                       {"sent", Align::right},
                       {"coverage", Align::right}});
  for (const measure::Outcome* outcome : {&pair.live, &pair.sim}) table.add(row_of(*outcome));
  const std::uint64_t seed = pair.scenario.seed;
  fmt::print("\n{}: {} nodes, seeds {}..{}\n{}", pair.scenario.name, pair.scenario.cluster.nodes, seed,
             seed + repeat - 1, table.text("  "));
  fmt::print("  live - sim: {}; live's timers late by p99 {} ms\n", later(pair), in_ms(pair.live.lag->p99));
  fmt::print("  the same nodes learned: {} of {} runs; all counts the same: {}{}\n", pair.same_nodes, repeat,
             pair.same, must_agree(pair.scenario) ? ", and they must be" : "");
  std::fflush(stdout);
}

scenario::Scenario load(const std::string& file) {
  scenario::Scenario scenario = tools::load({file}, {}).front();
  if (!scenario.network.latency)
    scenario.network.latency = DurationModel{.low = kMillisecond, .high = kMillisecond};
  return scenario;
}

/// What one message takes beyond its latency while nothing else is sent: a version that commits at once.
void print_idle() {
  core::Observer nobody;
  scenario::Scenario scenario;
  scenario.cluster.nodes = 1;
  scenario.gossip.fanout = 1;
  scenario.gossip.rounds = 0;
  scenario.publish = {.versions = 200, .interval = 5 * kMillisecond, .fanout = 1, .deadline = kSecond};
  const measure::Summary summary = measure::summarize(live::run(scenario, nobody));
  fmt::print("live's own cost of a message, idle: p50 {:.2f} ms, p99 {:.2f} ms\n",
             milliseconds(measure::quantile(summary.latencies, 0.5)),
             milliseconds(measure::quantile(summary.latencies, 0.99)));
  std::fflush(stdout);
}

}  // namespace

std::vector<std::string> default_files() {
  std::vector<std::string> files;
  for (const char* file : {"scenarios/quickstart", "scenarios/loss-30", "scenarios/delay",
                           "scenarios/regions", "tools/study/two-hundred"})
    files.push_back(fmt::format(HEARSAY_SOURCE_DIR "/{}.toml", file));
  return files;
}

bool run_agreement(const Agreement& study) {
  std::vector<scenario::Scenario> scenarios;
  for (const std::string& file : study.files) scenarios.push_back(load(file));
  print_idle();
  bool agreed = true;
  for (const scenario::Scenario& scenario : scenarios) {
    const Pair pair = run_pair(scenario, study.repeat);
    print_pair(pair, study.repeat);
    agreed &= !must_agree(scenario) || pair.same == study.repeat;
  }
  return agreed;
}

}  // namespace hearsay::study
