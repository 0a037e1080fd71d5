#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/errors.hpp"
#include "report/report.hpp"
#include "report/test_suite.hpp"
#include "scenario/units.hpp"
#include "tools/annotate.hpp"
#include "tools/arguments.hpp"
#include "tools/commands.hpp"
#include "tools/determinism.hpp"
#include "tools/interrupt.hpp"
#include "tools/load.hpp"
#include "tools/output.hpp"
#include "tools/print.hpp"
#include "tools/progress.hpp"
#include "tools/runs.hpp"
#include "tools/tracing.hpp"
#include "tools/worlds.hpp"
#include "verdict/verdict.hpp"

namespace hearsay::tools {
namespace {

struct RunOptions {
  std::vector<std::string> paths;
  Overrides overrides;
  Repeat repeat;
  std::uint32_t jobs = processors();
  bool check_determinism = false;
  bool dry_run = false;
  bool fail_fast = false;
  bool quiet = false;
  std::optional<Duration> timeout;
  std::optional<Duration> max_lag;
  Outputs outputs;
};

std::string options_in_force(const scenario::Scenario& scenario, const RunOptions& options) {
  std::string line = fmt::format("{}: seed {}, world {}, {} nodes, {} versions", scenario.file, scenario.seed,
                                 scenario.world, scenario.cluster.nodes, scenario.publish.versions);
  if (options.repeat.runs > 1) line += ", " + options.repeat.in_words();
  if (options.check_determinism) line += ", checked for determinism";
  if (options.timeout) line += ", timeout " + scenario::format_duration(*options.timeout);
  if (options.max_lag) line += ", max lag " + scenario::format_duration(*options.max_lag);
  for (const std::string& setting : options.overrides.set) line += fmt::format(", {}", setting);
  return line + "\n";
}

std::string command_to_repeat(const scenario::Scenario& scenario, const RunOptions& options) {
  std::string command = fmt::format("hearsay run {} --world {} --seed {}", shell_word(scenario.file),
                                    scenario.world, scenario.seed);
  for (const std::string& setting : options.overrides.set) command += " --set " + shell_word(setting);
  command += options.repeat.option();
  if (options.check_determinism) command += " --check-determinism";
  if (options.timeout) command += " --timeout " + scenario::format_duration(*options.timeout);
  if (options.max_lag) command += " --max-lag " + scenario::format_duration(*options.max_lag);
  return command;
}

/// The runs of one scenario, merged.
Runs measure_all(const scenario::Scenario& scenario, const RunOptions& options, Watch& watch) {
  const World& world = world_named(scenario.world);
  Run run = world.run;
  File trace(nullptr, &std::fclose);
  if (options.outputs.has_trace()) {
    trace = options.outputs.open_trace();
    const auto first_seed = options.repeat.runs > 1 ? std::optional(scenario.seed) : std::nullopt;
    run = traced(run, {trace.get(), options.outputs.trace_name()}, first_seed);
  }
  if (options.check_determinism) run = checked(run, world.run);
  const bool side_by_side = world.side_by_side && trace == nullptr;
  Enough enough;
  if (options.repeat.until_decided)
    enough = [&](const measure::Outcome& merged) { return verdict::rates_decided(scenario, merged); };
  return run_all(scenario, options.repeat.runs, side_by_side ? options.jobs : 1, run, watch, enough);
}

class Suite {
 public:
  explicit Suite(const RunOptions& options) : options_(options) {}

  int run(const std::vector<scenario::Scenario>& scenarios) {
    all_.several = scenarios.size() > 1;
    bool ended = false;
    for (const scenario::Scenario& scenario : scenarios) {
      ended ? leave_out(scenario, "") : run_guarded(scenario);
      ended |= interrupted() || (options_.fail_fast && exit_code_ != kPass);
    }
    if (interrupted()) exit_code_ = kInterrupted;
    if (!all_.results.empty())
      options_.outputs.say("\n" + report::summary_table(all_.results, options_.outputs.style()));
    const auto text = [&](std::size_t format) { return report::formats()[format].write(all_); };
    exit_code_ = worse(exit_code_, options_.outputs.write(text));
    options_.outputs.say(annotations_of(report::test_suites(all_)));
    for (const std::string& command : to_repeat_) options_.outputs.say("to repeat: " + command + "\n");
    return exit_code_;
  }

 private:
  void run_guarded(const scenario::Scenario& scenario) {
    try {
      run_one(scenario);
    } catch (...) {
      const Failure thrown = failure();
      tell(fmt::format("{}: {}\n", scenario.file, thrown.why));
      leave_out(scenario, thrown.why);
      end(scenario, thrown.exit_code);
    }
  }

  void run_one(const scenario::Scenario& scenario) {
    options_.outputs.say(options_in_force(scenario, options_));
    std::optional<Progress> progress(std::in_place, !options_.quiet, options_.timeout, options_.repeat.runs);
    Runs runs = measure_all(scenario, options_, *progress);
    progress.reset();
    if (runs.outcome) conclude(scenario, *std::move(runs.outcome));
    if (runs.thrown) std::rethrow_exception(runs.thrown);
    const bool stopped = interrupted() && all_.results.back().outcome.interrupted;
    end(scenario, stopped ? kInterrupted : exit_code_of(all_.results.back().judgement));
  }

  void conclude(const scenario::Scenario& scenario, measure::Outcome outcome) {
    verdict::Judgement judgement = verdict::judge(scenario, outcome, {.max_lag = options_.max_lag});
    all_.results.push_back(
        {scenario, std::move(outcome), std::move(judgement), command_to_repeat(scenario, options_)});
    if (!options_.quiet) options_.outputs.say(report::to_text(all_.results.back(), options_.outputs.style()));
  }

  void leave_out(const scenario::Scenario& scenario, const std::string& why) {
    all_.missing.push_back({scenario, command_to_repeat(scenario, options_), why});
  }

  void end(const scenario::Scenario& scenario, int exit_code) {
    exit_code_ = worse(exit_code_, exit_code);
    if (exit_code != kPass && exit_code != kInterrupted)
      to_repeat_.push_back(command_to_repeat(scenario, options_));
  }

  const RunOptions& options_;
  report::Results all_;
  std::vector<std::string> to_repeat_;
  int exit_code_ = kPass;
};

void check(const std::vector<scenario::Scenario>& scenarios, const RunOptions& options) {
  if (options.outputs.has_trace() && scenarios.size() > 1)
    throw InputError(fmt::format("--trace takes the events of one scenario; here are {}", scenarios.size()));
  std::vector<std::string> files;
  for (const scenario::Scenario& scenario : scenarios) {
    if (options.check_determinism && !world_named(scenario.world).deterministic)
      throw InputError(
          fmt::format("{}: --check-determinism needs a deterministic world, which \"{}\" is not; "
                      "add --world sim",
                      scenario.file, scenario.world));
    files.insert(files.end(), scenario.files.begin(), scenario.files.end());
  }
  options.outputs.check(files);
}

int run(const RunOptions& options) {
  const std::vector<scenario::Scenario> scenarios = load(options.paths, options.overrides.settings());
  check(scenarios, options);
  if (options.dry_run) {
    for (const scenario::Scenario& scenario : scenarios)
      options.outputs.say(options_in_force(scenario, options));
    return kPass;
  }
  catch_interrupts();
  return Suite(options).run(scenarios);
}

}  // namespace

void add_run(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<RunOptions>();
  CLI::App& command = *app.add_subcommand("run", "Run scenarios to a verdict");
  command.add_option("scenarios", options->paths, "Scenario files, or folders of them")
      ->type_name("FILE|DIR")
      ->required();
  options->overrides.add_to(command);
  options->repeat.add_to(command);
  add_jobs(command, options->jobs);
  command.add_flag("--check-determinism", options->check_determinism,
                   "Run twice under each seed, and show the first event that differs; not in real time");
  add_duration(command, "--timeout", options->timeout, "End each scenario after this long, as interrupted");
  add_duration(command, "--max-lag", options->max_lag,
               "How late the machine may be (p99) before rates and latencies are inconclusive; default: a "
               "tenth of the gossip interval or the smallest latency bound");
  command.add_flag("--fail-fast", options->fail_fast, "Stop after the first scenario that does not pass");
  command.add_flag("--dry-run", options->dry_run, "Validate everything and start nothing");
  command.add_flag("--quiet", options->quiet, "Only the summary: no progress, no details");
  for (const report::Format& format : report::formats())
    options->outputs.add_to(command, format.name, format.summary);
  options->outputs.add_trace_to(command);
  command.callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace hearsay::tools
