// `hearsay check`: whether scenarios fare worse than a baseline says they did.

#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/errors.hpp"
#include "baseline/baseline.hpp"
#include "report/check.hpp"
#include "scenario/text.hpp"
#include "scenario/units.hpp"
#include "tools/arguments.hpp"
#include "tools/check_work.hpp"
#include "tools/checking.hpp"
#include "tools/commands.hpp"
#include "tools/interrupt.hpp"
#include "tools/output.hpp"
#include "tools/print.hpp"

namespace hearsay::tools {
namespace {

using baseline::Baseline;

struct CheckOptions {
  std::vector<std::string> paths;
  Overrides overrides;
  std::string baseline;
  bool update = false;
  double alpha = 1e-4;
  std::optional<std::uint32_t> repeat;
  Measuring measuring = {.jobs = processors()};
  bool dry_run = false;
  Outputs outputs;
  std::string program;
};

std::string in_force(const Work& work, const CheckOptions& options) {
  std::string line = fmt::format("{}: seed {}, world {}, {} nodes, {} versions, {} run{}", work.scenario.file,
                                 work.scenario.seed, work.scenario.world, work.scenario.cluster.nodes,
                                 work.scenario.publish.versions, work.runs, work.runs == 1 ? "" : "s");
  line += options.update ? ", into " : ", against ";
  line += options.baseline;
  if (!options.update) line += fmt::format(", alpha {:g}", options.alpha);
  for (const std::string& setting : options.overrides.set) line += ", " + setting;
  return line + "\n";
}

std::string command_to_repeat(const CheckOptions& options) {
  std::string command = "hearsay check";
  for (const std::string& path : options.paths) command += " " + shell_word(path);
  command += " --baseline " + shell_word(options.baseline);
  if (options.overrides.world) command += " --world " + *options.overrides.world;
  if (options.overrides.seed) command += fmt::format(" --seed {}", *options.overrides.seed);
  for (const std::string& setting : options.overrides.set) command += " --set " + shell_word(setting);
  if (options.repeat) command += fmt::format(" --repeat {}", *options.repeat);
  if (options.measuring.max_lag)
    command += " --max-lag " + scenario::format_duration(*options.measuring.max_lag);
  return command + fmt::format(" --alpha {:g}", options.alpha);
}

/// Measures all and writes the baseline, unless something is unsound.
class Updating {
 public:
  Updating(const CheckOptions& options, Baseline baseline)
      : options_(options), baseline_(std::move(baseline)) {}

  int run(const std::vector<Work>& all) {
    for (const Work& work : all) {
      if (exit_code_ == kPass) measure_guarded(work);
    }
    if (exit_code_ == kPass) {
      baseline::write(options_.baseline, baseline_);
      options_.outputs.say(fmt::format("{} is written: {} of its {} scenarios measured anew\n",
                                       options_.baseline, all.size(), baseline_.size()));
    } else {
      tell(fmt::format("{} is left as it was\n", options_.baseline));
    }
    return exit_code_;
  }

 private:
  void measure_guarded(const Work& work) {
    try {
      measure(work);
    } catch (const Interruption&) {
      exit_code_ = kInterrupted;
    } catch (...) {
      const Failure thrown = failure();
      tell(fmt::format("{}: {}\n", work.scenario.file, thrown.why));
      exit_code_ = thrown.exit_code;
    }
  }

  void measure(const Work& work) {
    baseline::Block block = block_of(work, options_.program);
    block.first = sample(work, work.scenario.seed);
    block.fresh = sample(work, baseline::kFirstFreshSeed);
    if (block.fresh.unit == measure::Unit::run) block.first.unit = measure::Unit::run;
    block.fresh.unit = block.first.unit;
    baseline_[work.scenario.name] = std::move(block);
  }

  verdict::Sample sample(const Work& work, std::uint64_t seed) {
    const measure::Outcome outcome = measure_alone(work, seed, options_.measuring);
    for (const std::string& why : unsound(work, outcome, options_.measuring.max_lag)) {
      tell(fmt::format("{}: no ground for a baseline: {}\n", work.scenario.file, why));
      exit_code_ = kInconclusive;
    }
    return verdict::sample_of(outcome, work.bounds);
  }

  const CheckOptions& options_;
  Baseline baseline_;
  int exit_code_ = kPass;
};

/// The one of a baseline that has the same seeds.
const verdict::Sample& sample_from(const baseline::Block& block, std::uint64_t seed) {
  return seed == baseline::kFirstFreshSeed ? block.fresh : block.first;
}

int judge(const CheckOptions& options, const std::vector<Work>& work, const Baseline& baseline) {
  const Measure measure = [&](const Work& one, std::uint64_t seed) {
    Sides sides{.outcome = measure_alone(one, seed, options.measuring), .now = {}, .before = {}};
    sides.now = verdict::sample_of(sides.outcome, one.bounds);
    sides.before = sample_from(baseline.at(one.scenario.name), seed);
    return sides;
  };
  Checked checked =
      check_all(work, options.baseline, options.alpha, options.overrides, options.measuring.max_lag, measure);
  options.outputs.say(report::to_text(checked.checks, options.outputs.style()));
  int exit_code = checked.exit_code;
  exit_code =
      worse(exit_code, options.outputs.write([&](std::size_t) { return report::to_json(checked.checks); }));
  if (exit_code != kPass && exit_code != kInterrupted)
    options.outputs.say("to repeat: " + command_to_repeat(options) + "\n");
  return exit_code;
}

/// The baseline as it is; where it is to be written, it need not be there.
Baseline baseline_of(const CheckOptions& options) {
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

void check_apart(const std::vector<std::string>& files, const std::string& baseline) {
  std::error_code error;
  for (const std::string& file : files)
    if (std::filesystem::equivalent(file, baseline, error))
      throw InputError(baseline + ": is a scenario file, and so cannot be the baseline too");
}

int check(const CheckOptions& options) {
  std::vector<Work> work = plan(options.paths, options.overrides, options.repeat);
  std::vector<std::string> files = inputs(work);
  check_apart(files, options.baseline);
  Baseline baseline = baseline_of(options);
  files.push_back(options.baseline);
  options.outputs.check(files);
  if (!options.update) hold_to(baseline, options.baseline, options.repeat, options.program, work);
  check_extent(work);
  catch_interrupts();
  for (const Work& each : work) options.outputs.say(in_force(each, options));
  if (options.dry_run) return kPass;
  return options.update ? Updating(options, std::move(baseline)).run(work) : judge(options, work, baseline);
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
      ->required();
  CLI::Option* update = command.add_flag(
      "--update", options->update,
      "Measure the baseline anew, and write it; scenarios that are in it and not given here stay in it");
  options->overrides.add_to(command);
  command
      .add_option("--alpha", options->alpha,
                  "The chance of a false alarm, over all that is judged of all files; default: 1e-4")
      ->check(CLI::Range(1e-12, 0.5))
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
  options->outputs.add_to(command, "json", "an array of results, each with its check");
  command.get_option("--json")->excludes(update);
  command.callback([options, &exit_code] { exit_code = check(*options); });
}

}  // namespace hearsay::tools
