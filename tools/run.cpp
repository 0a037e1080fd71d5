// `hearsay run`: scenarios to a verdict.

#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "base/errors.hpp"
#include "report/report.hpp"
#include "tools/arguments.hpp"
#include "tools/commands.hpp"
#include "tools/interrupt.hpp"
#include "tools/load.hpp"
#include "tools/plan.hpp"
#include "tools/run_options.hpp"
#include "tools/suite.hpp"
#include "tools/worlds.hpp"

namespace hearsay::tools {
namespace {

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

/// Options that do not go together.
void check(const RunOptions& options) {
  if (options.alpha && options.fail_fast && !options.repeat.until_decided)
    throw InputError(
        "--alpha looks at all rates before it fails any (Holm), so that --fail-fast has nothing to stop at; "
        "with "
        "--repeat auto it splits evenly, and they go together");
  if (!options.plan) return;
  if (options.repeat.runs > 1 && !options.repeat.until_decided)
    throw InputError("--plan says how many runs it takes; leave out --repeat N, or ask for --repeat auto");
  if (options.outputs.any()) throw InputError("--plan starts nothing, so that there is no result to write");
}

int run(const RunOptions& options) {
  check(options);
  const std::vector<scenario::Scenario> scenarios = load(options.paths, options.overrides.settings());
  check(scenarios, options);
  if (options.plan) {
    options.outputs.say(plan(scenarios, options));
    return kPass;
  }
  if (options.dry_run) {
    for (const scenario::Scenario& scenario : scenarios)
      options.outputs.say(options_in_force(scenario, options));
    return kPass;
  }
  catch_interrupts();
  return run_suite(scenarios, options);
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
  command
      .add_option(
          "--alpha", options->alpha,
          "One budget for all rates of all scenarios: the probability that any of them fails though it is "
          "as good as expected. Split by Holm, evenly with --repeat auto. Default: each may fail so with "
          "1 - its confidence")
      ->check(chance_within(1e-12, 0.5))
      ->type_name("CHANCE");
  command.add_flag("--fail-fast", options->fail_fast, "Stop after the first scenario that does not pass");
  command.add_flag("--dry-run", options->dry_run, "Validate everything and start nothing");
  command.add_flag(
      "--plan", options->plan,
      "Start nothing; say how many runs it takes until each expectation is decided, 999 times in "
      "1,000, for better and worse systems");
  command.add_flag("--quiet", options->quiet, "Only the summary: no progress, no details");
  for (const report::Format& format : report::formats())
    options->outputs.add_to(command, format.name, format.summary);
  options->outputs.add_trace_to(command);
  command.callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace hearsay::tools
