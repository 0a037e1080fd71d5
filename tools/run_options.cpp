#include "tools/run_options.hpp"

#include <fmt/format.h>

#include "scenario/units.hpp"

namespace hearsay::tools {

std::string options_in_force(const scenario::Scenario& scenario, const RunOptions& options) {
  std::string line = fmt::format("{}: seed {}, world {}, {} nodes, {} versions", scenario.file, scenario.seed,
                                 scenario.world, scenario.cluster.nodes, scenario.publish.versions);
  if (options.repeat.runs > 1) line += ", " + options.repeat.in_words();
  if (options.check_determinism) line += ", checked for determinism";
  if (options.timeout) line += ", timeout " + scenario::format_duration(*options.timeout);
  if (options.max_lag) line += ", max lag " + scenario::format_duration(*options.max_lag);
  if (options.alpha) line += fmt::format(", alpha {}", *options.alpha);
  for (const std::string& setting : options.overrides.set) line += fmt::format(", {}", setting);
  return line + "\n";
}

namespace {

std::string of_all(const RunOptions& options) {
  std::string command = "hearsay run";
  for (const std::string& path : options.paths) command += " " + shell_word(path);
  if (options.overrides.world) command += " --world " + *options.overrides.world;
  if (options.overrides.seed) command += fmt::format(" --seed {}", *options.overrides.seed);
  return command;
}

}  // namespace

std::string command_to_repeat(const scenario::Scenario& scenario, const RunOptions& options) {
  std::string command = options.alpha ? of_all(options)
                                      : fmt::format("hearsay run {} --world {} --seed {}",
                                                    shell_word(scenario.file), scenario.world, scenario.seed);
  for (const std::string& setting : options.overrides.set) command += " --set " + shell_word(setting);
  command += options.repeat.option();
  if (options.alpha) command += fmt::format(" --alpha {}", *options.alpha);
  if (options.check_determinism) command += " --check-determinism";
  if (options.timeout) command += " --timeout " + scenario::format_duration(*options.timeout);
  if (options.max_lag) command += " --max-lag " + scenario::format_duration(*options.max_lag);
  return command;
}

}  // namespace hearsay::tools
