#include "tools/bench/harness.hpp"

#include <fmt/format.h>
#include <stdio.h>
#include <sys/resource.h>

#include <stdexcept>
#include <utility>

#include "tools/bench/contestant.hpp"
#include "tools/bench/process.hpp"

namespace hearsay::bench {
namespace {

struct Run {
  Sample sample;
  double peak_mb = 0;

  double rate() const { return static_cast<double>(sample.messages) / sample.wall_s; }
  double cost_us() const { return sample.cpu_s * 1e6 / static_cast<double>(sample.messages); }
  double new_share() const {
    return static_cast<double>(sample.new_connections) / static_cast<double>(sample.messages);
  }
};

/// Of one contestant at one size, in order of the rounds.
using Runs = std::vector<Run>;

const Contestant& find(const std::string& name) {
  for (const Contestant& contestant : live_contestants())
    if (contestant.name == name) return contestant;
  throw std::runtime_error(fmt::format("no contestant \"{}\"", name));
}

std::vector<Contestant> chosen(const std::vector<std::string>& only) {
  const auto all = live_contestants();
  if (only.empty()) return {all.begin(), all.end()};
  std::vector<Contestant> some;
  some.reserve(only.size());
  for (const std::string& name : only) some.push_back(find(name));
  return some;
}

void raise_descriptor_limit() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

Run start(const Contestant& contestant, unsigned nodes, std::uint64_t messages) {
  const std::string line = run_self(fmt::format("one {} {} {}", contestant.name, nodes, messages));
  Run run;
  Sample& sample = run.sample;
  if (sscanf(line.c_str(), "%lu %lf %lf %lu %lf %lf", &sample.messages, &sample.wall_s, &sample.cpu_s,
             &sample.new_connections, &sample.ready_cpu_s, &run.peak_mb) != 6)
    throw std::runtime_error(fmt::format("{} failed at {} nodes", contestant.name, nodes));
  return run;
}

template <typename Value>
double median_of(const Runs& runs, Value value) {
  std::vector<double> values;
  values.reserve(runs.size());
  for (const Run& run : runs) values.push_back(value(run));
  return median(std::move(values));
}

/// The median over the rounds of how often `runs` costs what `base` costs.
double ratio(const Runs& runs, const Runs& base) {
  std::size_t round = 0;
  return median_of(runs, [&](const Run& run) { return run.cost_us() / base[round++].cost_us(); });
}

void print_row(const std::vector<Contestant>& contestants, const std::vector<Runs>& all, std::size_t i) {
  const Runs& runs = all[i];
  fmt::print("{:<10}{:>12.0f}{:>10.1f}{:>11.2f}%{:>9.1f}{:>11.0f}", contestants[i].name,
             median_of(runs, [](const Run& r) { return r.rate(); }),
             median_of(runs, [](const Run& r) { return r.cost_us(); }),
             100 * median_of(runs, [](const Run& r) { return r.new_share(); }),
             median_of(runs, [](const Run& r) { return r.peak_mb; }),
             1e3 * median_of(runs, [](const Run& r) { return r.sample.ready_cpu_s; }));
  for (std::size_t base = 0; base < i; ++base)
    fmt::print("   {:.2f}x {}", ratio(runs, all[base]), contestants[base].name);
  fmt::print("\n");
}

void run_size(const std::vector<Contestant>& contestants, const Plan& plan, unsigned nodes) {
  std::vector<Runs> all(contestants.size());
  for (unsigned round = 0; round < plan.rounds; ++round)
    for (std::size_t i = 0; i < contestants.size(); ++i)
      all[i].push_back(start(contestants[i], nodes, plan.messages));
  fmt::print("\n{} nodes, {} messages a run, medians of {} interleaved runs on one core\n", nodes,
             plan.messages, plan.rounds);
  fmt::print("{:<10}{:>12}{:>10}{:>12}{:>9}{:>11}\n", "", "messages/s", "CPU us", "new conn.", "peak MB",
             "ready ms");
  for (std::size_t i = 0; i < contestants.size(); ++i) print_row(contestants, all, i);
  std::fflush(stdout);
}

}  // namespace

void run_live(const Plan& plan) {
  const std::vector<Contestant> contestants = chosen(plan.only);
  for (const Contestant& contestant : contestants) fmt::print("{:<10}{}\n", contestant.name, contestant.what);
  std::fflush(stdout);
  for (const unsigned nodes : plan.nodes) run_size(contestants, plan, nodes);
}

void run_one(const std::string& name, unsigned nodes, std::uint64_t messages) {
  stay_on_one_core();
  raise_descriptor_limit();
  const Sample sample = find(name).run(nodes, messages);
  fmt::print("{} {:.9f} {:.9f} {} {:.9f} {:.3f}\n", sample.messages, sample.wall_s, sample.cpu_s,
             sample.new_connections, sample.ready_cpu_s, peak_bytes() / 1048576);
}

}  // namespace hearsay::bench
