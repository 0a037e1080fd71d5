#include "tools/bench/sim/harness.hpp"

#include <fmt/format.h>
#include <stdio.h>

#include <algorithm>
#include <stdexcept>
#include <string>

#include "tools/bench/process.hpp"
#include "tools/bench/sim/demands.hpp"
#include "tools/bench/sim/results.hpp"

namespace hearsay::bench::sim {
namespace {

struct Entry {
  Trial trial;
  bool once = false;  ///< not in every round
};

const Engine& engine_named(const std::string& name) {
  for (const Engine& engine : engines())
    if (engine.name == name) return engine;
  throw std::runtime_error("no engine \"" + name + "\"");
}

void add_size(std::vector<Entry>& entries, std::uint32_t nodes, bool brief) {
  constexpr std::uint32_t kMostOfHeap = 1'000'000;
  entries.push_back({{"limit", "", nodes}});
  for (const char* scenario : {"loss", "faults", "short", "exponential"})
    entries.push_back({{"sim", scenario, nodes}});
  entries.push_back({{"program", "loss", nodes}});
  if (brief || nodes > kMostOfHeap) return;
  for (const char* scenario : {"loss", "faults"}) entries.push_back({{"heap", scenario, nodes}, true});
}

std::vector<Entry> entries_of(const Plan& plan) {
  std::vector<Entry> entries;
  entries.push_back({Results::small("sim")});
  for (const std::uint32_t nodes : plan.nodes) add_size(entries, nodes, plan.brief);
  if (!plan.brief) entries.push_back({{"sim", "versions", 100'000}, true});
  return entries;
}

/// As many as take long enough to be measured.
std::uint32_t seeds_of(const Trial& trial) {
  constexpr std::uint32_t kNodes = 1'000'000;
  return trial.scenario == "versions" ? 1 : std::max(1U, kNodes / trial.nodes);
}

Sample start(const Trial& trial, std::uint32_t seeds) {
  const std::string line =
      run_self(fmt::format("one-sim {} {} {} \"{}\"", trial.engine, trial.nodes, seeds, trial.scenario));
  Sample sample;
  if (sscanf(line.c_str(), "%lu %lf %lf", &sample.messages, &sample.cpu_s, &sample.peak_bytes) != 3)
    throw std::runtime_error(fmt::format("{} failed at {} nodes", trial.engine, trial.nodes));
  return sample;
}

Results measure(const Plan& plan) {
  Results results;
  const std::vector<Entry> entries = entries_of(plan);
  for (std::uint32_t run = 0; run < plan.runs; ++run) {
    fmt::print(stderr, "run {} of {}\n", run + 1, plan.runs);
    for (const auto& [trial, once] : entries)
      if (run == 0 || !once) results.add(trial, seeds_of(trial), start(trial, seeds_of(trial)));
  }
  return results;
}

void print_row(const Results& results, const Trial& trial) {
  const double nanoseconds = results.nanoseconds(trial);
  fmt::print("{:<9}{:<13}{:>11.1f}{:>10.1f}{:>10.1f}", trial.engine, trial.scenario, 1e3 / nanoseconds,
             nanoseconds, results.peak_bytes(trial) / (1024 * 1024));
  const Trial limit = {"limit", "", trial.nodes};
  fmt::print("{:>10}", results.has(Results::small(trial.engine)) && trial.nodes > 1'000
                           ? fmt::format("{:.1f}", results.bytes_a_node(trial))
                           : "");
  if (results.has(limit) && trial != limit) fmt::print("{:>9.2f}x", results.ratio(trial, limit));
  fmt::print("\n");
}

void print_table(const Results& results, const std::vector<Trial>& trials) {
  fmt::print("\n{} nodes\n{:<22}{:>11}{:>10}{:>10}{:>10}{:>10}\n", trials.front().nodes, "", "M msg/s",
             "ns/msg", "peak MiB", "B/node", "of limit");
  for (const Trial& trial : trials) print_row(results, trial);
}

void print_tables(const Plan& plan, const Results& results) {
  std::vector<Trial> trials;
  for (const auto& [trial, once] : entries_of(plan)) {
    if (!trials.empty() && trials.back().nodes != trial.nodes) {
      print_table(results, trials);
      trials.clear();
    }
    trials.push_back(trial);
  }
  print_table(results, trials);
}

}  // namespace

void run_plan(const Plan& plan) {
  fmt::print("push, fanout 3, 5 rounds 1 s apart; one core, medians of {} interleaved runs\n", plan.runs);
  for (const Engine& engine : engines()) fmt::print("{:<9}{}\n", engine.name, engine.what);
  std::fflush(stdout);
  const Results results = measure(plan);
  print_tables(plan, results);
  print_demands(results);
}

void run_one(const std::string& engine, const Work& work) {
  stay_on_one_core();
  const Sample sample = engine_named(engine).run(work);
  fmt::print("{} {:.9f} {:.0f}\n", sample.messages, sample.cpu_s, sample.peak_bytes);
}

}  // namespace hearsay::bench::sim
