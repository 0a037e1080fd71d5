// `hearsay check`: whether scenarios fare worse than a baseline says they did.

#include <fmt/format.h>

#include <filesystem>
#include <iterator>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/errors.hpp"
#include "baseline/baseline.hpp"
#include "report/check.hpp"
#include "report/test_suite.hpp"
#include "runs/at_once.hpp"
#include "tools/annotate.hpp"
#include "tools/arguments.hpp"
#include "tools/check_work.hpp"
#include "tools/checking.hpp"
#include "tools/commands.hpp"
#include "tools/interrupt.hpp"
#include "tools/other_program.hpp"
#include "tools/output.hpp"
#include "tools/update.hpp"
#include "verdict/regression.hpp"

namespace hearsay::tools {
namespace {

using baseline::Baseline;

struct CheckOptions {
  std::vector<std::string> paths;
  Overrides overrides;
  std::string baseline;  ///< empty: none
  std::string against;   ///< empty: none
  bool update = false;
  double alpha = 1e-4;
  std::optional<std::uint32_t> repeat;
  Measuring measuring = {.jobs = runs::processors()};
  bool dry_run = false;
  Outputs outputs;
  std::string program;
};

std::string in_force(const Work& work, const CheckOptions& options) {
  std::string line = fmt::format("{}: seed {}, world {}, {} nodes, {} versions, {} run{}", work.scenario.file,
                                 work.scenario.seed, work.scenario.world, work.scenario.cluster.nodes,
                                 work.scenario.publish.versions, work.runs, work.runs == 1 ? "" : "s");
  line += options.update ? ", into " + options.baseline : ", against " + work.against;
  if (!options.update) line += fmt::format(", alpha {:g}", options.alpha);
  for (const std::string& setting : options.overrides.set) line += ", " + setting;
  return line + "\n";
}

std::string command_to_repeat(const CheckOptions& options) {
  std::string command = "hearsay check";
  for (const std::string& path : options.paths) command += " " + shell_word(path);
  if (!options.baseline.empty()) command += " --baseline " + shell_word(options.baseline);
  if (!options.against.empty()) command += " --against " + shell_word(options.against);
  command += options.overrides.options();
  if (options.repeat) command += fmt::format(" --repeat {}", *options.repeat);
  return command + max_lag_option(options.measuring.max_lag) + fmt::format(" --alpha {:g}", options.alpha);
}

/// The one of a baseline that has the same seeds.
const verdict::Sample& sample_from(const baseline::Block& block, std::uint64_t seed) {
  return seed == baseline::kFirstFreshSeed ? block.fresh : block.first;
}

/// Both programs, run by run.
Sides measure_beside(const Work& work, std::uint64_t seed, const Measuring& measuring,
                     const OtherProgram& other) {
  Sides sides;
  const auto beside = [&](const scenario::Scenario& one) {
    try {
      if (!interrupted()) other.run(one, work.bounds, sides.before, sides.lag);
    } catch (const CannotRun&) {
      if (!interrupted()) throw;
    }
  };
  sides.outcome = measure_runs(work, seed, measuring, beside);
  return sides;
}

Sides measure(const Work& work, std::uint64_t seed, const CheckOptions& options, const Baseline& baseline,
              const std::optional<OtherProgram>& other) {
  Sides sides;
  if (work.beside) {
    sides = measure_beside(work, seed, options.measuring, *other);
  } else {
    sides.outcome = measure_runs(work, seed, options.measuring);
    sides.before = sample_from(baseline.at(work.scenario.name), seed);
  }
  sides.lag = measure::worst(sides.lag, sides.outcome.lag);
  sides.now = verdict::sample_of(sides.outcome, work.bounds);
  return sides;
}

int judge(const CheckOptions& options, const std::vector<Work>& work, const Baseline& baseline,
          const std::optional<OtherProgram>& other) {
  const Measure measured = [&](const Work& one, std::uint64_t seed) {
    return measure(one, seed, options, baseline, other);
  };
  const Checked checked = check_all(work, options.alpha, options.overrides, options.measuring.max_lag,
                                    command_to_repeat(options), measured);
  options.outputs.say(report::to_text(checked.checks, options.outputs.style()));
  options.outputs.say(annotations_of(report::test_suites(checked.checks)));
  const auto text = [&](std::size_t format) { return report::check_formats()[format].write(checked.checks); };
  const int exit_code = worse(checked.exit_code, options.outputs.write(text));
  if (exit_code != kPass && exit_code != kInterrupted)
    options.outputs.say("to repeat: " + command_to_repeat(options) + "\n");
  return exit_code;
}

/// The baseline as it is; where it is to be written, it need not be there.
Baseline baseline_of(const CheckOptions& options) {
  if (options.baseline.empty()) return {};
  if (!options.update) return baseline::read(options.baseline);
  baseline::check_writable(options.baseline);
  return std::filesystem::exists(options.baseline) ? baseline::read(options.baseline) : Baseline{};
}

std::vector<std::string> inputs(const std::vector<Work>& all) {
  std::vector<std::string> files;
  for (const Work& work : all)
    files.insert(files.end(), work.scenario.files.begin(), work.scenario.files.end());
  return files;
}

std::string file_given(const std::string& file) {
  return file.empty() || file == "-" ? "needs the name of a file" : "";
}

void check_apart(const std::vector<std::string>& files, const std::string& baseline) {
  std::error_code error;
  for (const std::string& file : files)
    if (std::filesystem::equivalent(file, baseline, error))
      throw InputError(baseline + ": is a scenario file, and so cannot be the baseline too");
}

/// That something cannot be written, or not read again, is better known now than after all was measured.
/// `baseline`: what is there already.
void check_storable(const std::vector<Work>& all, const CheckOptions& options, const Baseline& baseline) {
  std::uint64_t bits = 0;
  std::set<std::string> anew;
  for (const Work& work : all) {
    anew.insert(work.scenario.name);
    bits += 2 * baseline::bits_of_sample(work.runs, work.scenario.publish.versions, work.bounds.size());
    try {
      static_cast<void>(baseline::to_text({{work.scenario.name, block_of(work, options.program)}}));
    } catch (const InputError& error) {
      throw InputError(work.scenario.file + ": " + error.what());
    }
  }
  for (const auto& [name, old] : baseline)
    for (const verdict::Sample* sample : {&old.first, &old.fresh})
      if (!anew.contains(name))
        bits += baseline::bits_of_sample(sample->runs, sample->versions, sample->within.size());
  if (bits > baseline::kMostBits)
    throw InputError(
        fmt::format("{}: all scenarios together have too many versions for one baseline; lower --repeat, or "
                    "write several",
                    options.baseline));
}

/// Everything once for each of what it is held to.
std::vector<Work> held(const std::vector<Work>& plain, const CheckOptions& options, const Baseline& baseline,
                       const std::optional<OtherProgram>& other) {
  std::vector<Work> all;
  if (!options.baseline.empty()) {
    all = plain;
    hold_to(baseline, options.baseline, options.repeat, options.program, all);
  }
  if (other) {
    std::vector<Work> beside = plain;
    hold_to(*other, options.program, beside);
    all.insert(all.end(), std::make_move_iterator(beside.begin()), std::make_move_iterator(beside.end()));
  }
  return all;
}

int check(const CheckOptions& options) {
  if (options.baseline.empty() && options.against.empty())
    throw InputError("there is nothing to check against; give --baseline FILE or --against BINARY");
  std::vector<Work> work = work_of(options.paths, options.overrides, options.repeat);
  std::vector<std::string> files = inputs(work);
  check_apart(files, options.baseline);
  Baseline baseline = baseline_of(options);
  if (!options.baseline.empty()) files.push_back(options.baseline);
  if (!options.against.empty()) files.push_back(options.against);
  options.outputs.check(files);
  std::optional<OtherProgram> other;
  if (!options.against.empty()) other.emplace(options.against, options.overrides);
  if (!options.update) work = held(work, options, baseline, other);
  check_extent(work);
  if (options.update) check_storable(work, options, baseline);
  catch_interrupts();
  for (const Work& each : work) options.outputs.say(in_force(each, options));
  if (options.dry_run) return kPass;
  if (!options.update) return judge(options, work, baseline, other);
  return update(work, {options.baseline, options.program, options.measuring}, std::move(baseline),
                options.outputs);
}

}  // namespace

void add_check(CLI::App& app, int& exit_code, const std::string& program) {
  auto options = std::make_shared<CheckOptions>();
  options->program = program;
  CLI::App& command = *app.add_subcommand("check", "Hold scenarios to how they fared before");
  command.add_option("scenarios", options->paths, "Scenario files, or folders of them")
      ->type_name("FILE|DIR")
      ->required();
  command.add_option("--baseline", options->baseline, "What they are held to, and --update writes")
      ->type_name("FILE")
      ->check(file_given);
  CLI::Option* update = command.add_flag(
      "--update", options->update,
      "Measure the baseline anew, and write it; scenarios that are in it and not given here stay in it");
  update->needs("--baseline");
  command
      .add_option("--against", options->against,
                  "Another hearsay, run beside this one, run by run: so real time can be judged too")
      ->type_name("BINARY")
      ->check(file_given)
      ->excludes(update);
  options->overrides.add_to(command);
  command
      .add_option("--alpha", options->alpha,
                  fmt::format("The chance of a false alarm, over all that is judged of all files; at most "
                              "{:g}; default: 1e-4",
                              verdict::kMostAlpha))
      ->check(chance_within(1e-12, verdict::kMostAlpha))
      ->type_name("CHANCE")
      ->excludes(update);
  command
      .add_option(
          "--repeat", options->repeat,
          "Run each scenario N times, under seed, seed + 1, …; default: as often as the baseline did; for "
          "--update 1000 times, in real time 20")
      ->check(CLI::Range(1, 1'000'000))
      ->type_name("N");
  add_jobs(command, options->measuring.jobs);
  add_duration(
      command, "--max-lag", options->measuring.max_lag,
      "How late the machine may be (p99) before it is inconclusive; default: a tenth of the gossip interval "
      "or the smallest latency bound");
  command.add_flag("--dry-run", options->dry_run, "Validate everything and start nothing");
  command.add_flag("--quiet", options->measuring.quiet, "No progress");
  for (const report::CheckFormat& format : report::check_formats()) {
    options->outputs.add_to(command, format.name, format.summary);
    command.get_option(fmt::format("--{}", format.name))->excludes(update);
  }
  command.callback([options, &exit_code] { exit_code = check(*options); });
}

}  // namespace hearsay::tools
