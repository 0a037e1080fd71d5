#include "tools/bench/harness.hpp"

#include <fmt/format.h>
#include <sched.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <system_error>

#include "tools/bench/contestant.hpp"

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

void stay_on_one_core() {
  cpu_set_t cores;
  if (sched_getaffinity(0, sizeof cores, &cores) != 0) return;
  int core = CPU_SETSIZE - 1;
  while (core > 0 && !CPU_ISSET(core, &cores)) --core;
  CPU_ZERO(&cores);
  CPU_SET(core, &cores);
  sched_setaffinity(0, sizeof cores, &cores);
}

void raise_descriptor_limit() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

/// The peak of resident memory of this program alone: getrusage would count the one that started it too.
double peak_mb() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
  return 0;
}

Run start(const Contestant& contestant, unsigned nodes, std::uint64_t messages) {
  const std::string command =
      fmt::format("exec /proc/{}/exe one {} {} {}", getpid(), contestant.name, nodes, messages);
  const std::unique_ptr<FILE, int (*)(FILE*)> child(popen(command.c_str(), "re"), pclose);
  if (!child) throw std::system_error(errno, std::generic_category(), "popen");
  Run run;
  Sample& sample = run.sample;
  if (fscanf(child.get(), "%lu %lf %lf %lu %lf %lf", &sample.messages, &sample.wall_s, &sample.cpu_s,
             &sample.new_connections, &sample.ready_cpu_s, &run.peak_mb) != 6)
    throw std::runtime_error(fmt::format("{} failed at {} nodes", contestant.name, nodes));
  return run;
}

template <typename Value>
double median(const Runs& runs, Value value) {
  std::vector<double> values;
  values.reserve(runs.size());
  for (const Run& run : runs) values.push_back(value(run));
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2),
                   values.end());
  return values[values.size() / 2];
}

/// The median over the rounds of how often `runs` costs what `base` costs.
double ratio(const Runs& runs, const Runs& base) {
  std::size_t round = 0;
  return median(runs, [&](const Run& run) { return run.cost_us() / base[round++].cost_us(); });
}

void print_row(const std::vector<Contestant>& contestants, const std::vector<Runs>& all, std::size_t i) {
  const Runs& runs = all[i];
  fmt::print("{:<10}{:>12.0f}{:>10.1f}{:>11.2f}%{:>9.1f}{:>11.0f}", contestants[i].name,
             median(runs, [](const Run& r) { return r.rate(); }),
             median(runs, [](const Run& r) { return r.cost_us(); }),
             100 * median(runs, [](const Run& r) { return r.new_share(); }),
             median(runs, [](const Run& r) { return r.peak_mb; }),
             1e3 * median(runs, [](const Run& r) { return r.sample.ready_cpu_s; }));
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
             sample.new_connections, sample.ready_cpu_s, peak_mb());
}

}  // namespace hearsay::bench
