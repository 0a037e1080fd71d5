// hearsay-bench: how fast is it, and against what? One word a question; `hearsay-bench --help` lists them.

#include <CLI/CLI.hpp>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "tools/bench/contestant.hpp"
#include "tools/bench/delay.hpp"
#include "tools/bench/faults.hpp"
#include "tools/bench/harness.hpp"
#include "tools/bench/sim/harness.hpp"

namespace {

namespace sim = hearsay::bench::sim;
using hearsay::bench::Plan;

constexpr int kBadUsage = 64;

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const auto& contestant : hearsay::bench::live_contestants()) all.emplace_back(contestant.name);
  return all;
}

void add_live(CLI::App& app, Plan& plan) {
  const CLI::Range size(1, 65'000);
  const CLI::Range count(1, 1'000'000'000);
  CLI::App* live = app.add_subcommand("live", "Messages of the live world against its baselines");
  live->add_option("--nodes", plan.nodes, "Cluster sizes")->check(size)->capture_default_str();
  live->add_option("--messages", plan.messages, "Messages a run")->check(count)->capture_default_str();
  live->add_option("--rounds", plan.rounds, "Runs of each")->check(count)->capture_default_str();
  live->add_option("--only", plan.only, "Contestants, by name")->check(CLI::IsMember(names()));
  live->callback([&plan] { hearsay::bench::run_live(plan); });
}

void add_delay(CLI::App& app) {
  app.add_subcommand("delay", "How exactly an injected delay is met")->callback(hearsay::bench::run_delay);
}

void add_faults(CLI::App& app) {
  app.add_subcommand("faults", "What a message costs in the fault layer")
      ->callback(hearsay::bench::run_faults);
}

void add_sim(CLI::App& app, sim::Plan& plan) {
  CLI::App* word =
      app.add_subcommand("sim", "Messages of the simulated world against the least they can cost");
  word->add_option("--nodes", plan.nodes, "Cluster sizes")
      ->check(CLI::Range(10'000U, 100'000'000U))
      ->capture_default_str();
  word->add_option("--runs", plan.runs, "Runs of each")->check(CLI::Range(1, 1'000))->capture_default_str();
  word->add_flag("--brief", plan.brief, "Without the heap and a thousand versions at once");
  word->callback([&plan] { sim::run_plan(plan); });
}

struct One {
  std::string name;
  unsigned nodes = 0;
  std::uint64_t messages = 0;
};

/// Hidden: `live` starts each of its runs as a program of its own.
void add_one(CLI::App& app, One& one) {
  CLI::App* word = app.add_subcommand("one")->group("");
  word->add_option("name", one.name)->required();
  word->add_option("nodes", one.nodes)->required();
  word->add_option("messages", one.messages)->required();
  word->callback([&one] { hearsay::bench::run_one(one.name, one.nodes, one.messages); });
}

struct OneSim {
  std::string engine;
  sim::Work work;
};

/// Hidden: the same for `sim`.
void add_one_sim(CLI::App& app, OneSim& one) {
  CLI::App* word = app.add_subcommand("one-sim")->group("");
  word->add_option("engine", one.engine)->required();
  word->add_option("nodes", one.work.nodes)->required();
  word->add_option("seeds", one.work.seeds)->required();
  word->add_option("scenario", one.work.scenario);
  word->callback([&one] { sim::run_one(one.engine, one.work); });
}

int run(int argc, char** argv) {
  CLI::App app("Benchmarks of Hearsay", "hearsay-bench");
  app.require_subcommand(1);
  Plan plan;
  sim::Plan sim_plan;
  One one;
  OneSim one_sim;
  add_live(app, plan);
  add_sim(app, sim_plan);
  add_delay(app);
  add_faults(app);
  add_one(app, one);
  add_one_sim(app, one_sim);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kBadUsage;
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "hearsay-bench: %s\n", error.what());
    return 1;
  }
}
