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

std::string command_to_repeat(const scenario::Scenario& scenario, const RunOptions& options) {
  const bool of_all = options.alpha.has_value();
  const Overrides alone = {scenario.world, scenario.seed, options.overrides.set};
  std::string command = "hearsay run";
  for (const std::string& path : of_all ? options.paths : std::vector{scenario.file})
    command += " " + shell_word(path);
  command += (of_all ? options.overrides : alone).options() + options.repeat.option();
  if (options.alpha) command += fmt::format(" --alpha {}", *options.alpha);
  if (options.check_determinism) command += " --check-determinism";
  if (options.timeout) command += " --timeout " + scenario::format_duration(*options.timeout);
  return command + max_lag_option(options.max_lag);
}

}  // namespace hearsay::tools
