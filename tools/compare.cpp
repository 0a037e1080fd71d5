// `hearsay compare`: the same work under several settings, side by side.

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/errors.hpp"
#include "report/comparison.hpp"
#include "report/test_suite.hpp"
#include "scenario/text.hpp"
#include "scenario/units.hpp"
#include "theory/commit_chance.hpp"
#include "tools/annotate.hpp"
#include "tools/arguments.hpp"
#include "tools/commands.hpp"
#include "tools/interrupt.hpp"
#include "tools/output.hpp"
#include "tools/print.hpp"
#include "tools/progress.hpp"
#include "tools/runs.hpp"
#include "tools/variants.hpp"
#include "tools/worlds.hpp"
#include "verdict/verdict.hpp"

namespace hearsay::tools {
namespace {

struct CompareOptions {
  std::vector<std::string> paths;
  Overrides overrides;
  std::vector<std::string> vary;
  std::optional<std::string> loss;
  std::vector<std::string> reference;
  std::uint32_t repeat = 1;
  std::uint32_t jobs = processors();
  std::optional<Duration> max_lag;
  bool gate = false;
  bool dry_run = false;
  bool quiet = false;
  Outputs outputs;
};

std::vector<Axis> axes(const CompareOptions& options) {
  std::vector<Axis> all;
  for (const std::string& text : options.vary) all.push_back(parse_axis(text));
  if (options.loss) all.push_back(parse_loss(*options.loss));
  return all;
}

bool by_scenario(const std::vector<Variant>& variants) {
  return variants.front().scenario.file != variants.back().scenario.file;
}

/// What a row is called by `--reference`.
std::vector<std::string> names(const Variant& variant) {
  std::vector<std::string> all = {variant.scenario.file, variant.scenario.name};
  for (const report::Setting& setting : variant.settings) all.push_back(setting.key + "=" + setting.value);
  return all;
}

bool has_names(const Variant& variant, const std::vector<std::string>& asked) {
  const std::vector<std::string> own = names(variant);
  return std::all_of(asked.begin(), asked.end(), [&](const std::string& name) {
    return std::find(own.begin(), own.end(), name) != own.end();
  });
}

/// The row that all of `asked` say; the first if nothing is asked.
std::size_t reference_of(const std::vector<Variant>& variants, const std::vector<std::string>& asked) {
  if (asked.empty()) return 0;
  const auto matches = [&](const Variant& variant) { return has_names(variant, asked); };
  const auto found = std::find_if(variants.begin(), variants.end(), matches);
  const auto count = std::count_if(variants.begin(), variants.end(), matches);
  if (count == 1) return static_cast<std::size_t>(found - variants.begin());
  const std::vector<std::string> allowed = names(variants.front());
  throw InputError(fmt::format(
      "--reference {}: {} rows are called so, one must be; the first one's names are {}",
      scenario::shortened(fmt::format("{}", fmt::join(asked, " "))),
      count == 0 ? "no" : fmt::to_string(count), scenario::listed({allowed.begin(), allowed.end()}, "and")));
}

std::string in_force(const std::vector<Variant>& variants, const CompareOptions& options) {
  const scenario::Scenario& first = variants.front().scenario;
  std::string line = fmt::format("{} rows: seed {}, world {}, {} versions", variants.size(), first.seed,
                                 first.world, first.publish.versions);
  if (options.repeat > 1) line += fmt::format(", {} runs each", options.repeat);
  for (const std::string& setting : options.overrides.set) line += ", " + setting;
  return line + "\n";
}

std::string command_to_repeat(const CompareOptions& options) {
  std::string command = "hearsay compare";
  for (const std::string& path : options.paths) command += " " + shell_word(path);
  const auto add = [&](const std::string& option, const std::string& value) {
    command += fmt::format(" {} {}", option, shell_word(value));
  };
  for (const std::string& axis : options.vary) add("--vary", axis);
  if (options.loss) add("--loss", *options.loss);
  for (const std::string& row : options.reference) add("--reference", row);
  if (options.overrides.world) add("--world", *options.overrides.world);
  if (options.overrides.seed) add("--seed", fmt::to_string(*options.overrides.seed));
  for (const std::string& setting : options.overrides.set) add("--set", setting);
  if (options.repeat > 1) add("--repeat", fmt::to_string(options.repeat));
  if (options.max_lag) add("--max-lag", scenario::format_duration(*options.max_lag));
  return command;
}

class Comparing {
 public:
  Comparing(const CompareOptions& options, const std::vector<Variant>& variants, std::size_t reference)
      : options_(options), variants_(variants), reference_(reference) {
    comparison_.by_scenario = by_scenario(variants);
  }

  int run() {
    for (const Variant& variant : variants_) {
      if (exit_code_ == kPass)
        measure_guarded(variant);
      else
        leave_out(variant, "");
    }
    conclude();
    options_.outputs.say(report::to_text(comparison_, options_.outputs.style()));
    const auto text = [&](std::size_t format) {
      return report::comparison_formats()[format].write(comparison_);
    };
    exit_code_ = worse(exit_code_, options_.outputs.write(text));
    if (options_.gate) options_.outputs.say(annotations_of(report::test_suites(comparison_)));
    return options_.gate ? worse(exit_code_, gate()) : exit_code_;
  }

 private:
  void measure_guarded(const Variant& variant) {
    try {
      measure(variant);
    } catch (...) {
      const Failure thrown = failure();
      tell(fmt::format("{}: {}\n", variant.scenario.file, thrown.why));
      leave_out(variant, thrown.why);
      exit_code_ = thrown.exit_code;
    }
    if (interrupted()) exit_code_ = kInterrupted;
  }

  void measure(const Variant& variant) {
    const World& world = world_named(variant.scenario.world);
    std::optional<Progress> progress(std::in_place, !options_.quiet, std::nullopt, options_.repeat);
    Runs runs = run_all(variant.scenario, options_.repeat, world.side_by_side ? options_.jobs : 1, world.run,
                        *progress);
    progress.reset();
    if (runs.outcome) add(variant, *std::move(runs.outcome));
    if (runs.thrown) std::rethrow_exception(runs.thrown);
  }

  void add(const Variant& variant, measure::Outcome outcome) {
    verdict::Judgement judgement = verdict::judge(variant.scenario, outcome, {.max_lag = options_.max_lag});
    comparison_.rows.push_back(
        {.settings = variant.settings,
         .result = {variant.scenario, std::move(outcome), std::move(judgement), command_to_repeat(options_)},
         .theory = theory::commit_chance(variant.scenario)});
  }

  void leave_out(const Variant& variant, const std::string& why) {
    comparison_.missing.push_back({variant.scenario, command_to_repeat(options_), why});
  }

  /// Sets the rows against the reference, should it have come so far.
  void conclude() {
    std::vector<report::Row>& rows = comparison_.rows;
    if (reference_ >= rows.size()) return;
    constexpr double kConfidence = report::kComparisonConfidence;
    std::vector<verdict::Contrast> contrasts;
    std::vector<const measure::Outcome*> outcomes;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      outcomes.push_back(&rows[i].result.outcome);
      if (i == reference_) continue;
      contrasts.push_back(verdict::contrast(rows[reference_].result.outcome, *outcomes.back(), kConfidence));
    }
    const std::vector<verdict::Placing> placings = verdict::judge_together(contrasts, kConfidence);
    for (std::size_t i = 0, at = 0; i < rows.size(); ++i) {
      if (i == reference_) continue;
      rows[i].standing = {contrasts[at], placings[at]};
      ++at;
    }
    if (const auto best = verdict::winner(outcomes, kConfidence)) rows[*best].winner = true;
  }

  /// What the rows end with where they are to decide.
  int gate() const {
    int exit_code = kPass;
    for (const report::Row& row : comparison_.rows) {
      exit_code = worse(exit_code, exit_code_of(row.result.judgement));
      if (row.standing && row.standing->placing.standing == verdict::Standing::worse)
        exit_code = worse(exit_code, kFailed);
    }
    return exit_code;
  }

  const CompareOptions& options_;
  const std::vector<Variant>& variants_;
  std::size_t reference_;
  report::Comparison comparison_;
  int exit_code_ = kPass;
};

void check(const std::vector<Variant>& variants, const CompareOptions& options) {
  if (variants.size() < 2)
    throw InputError(
        "there is one row, and nothing to compare it with; give several files, --vary or --loss");
  std::vector<std::string> files;
  for (const Variant& variant : variants)
    files.insert(files.end(), variant.scenario.files.begin(), variant.scenario.files.end());
  options.outputs.check(files);
}

int compare(const CompareOptions& options) {
  const std::vector<Variant> all = variants(options.paths, options.overrides, grid(axes(options)));
  check(all, options);
  const std::size_t reference = reference_of(all, options.reference);
  catch_interrupts();
  options.outputs.say(in_force(all, options));
  if (options.dry_run) return kPass;
  return Comparing(options, all, reference).run();
}

}  // namespace

void add_compare(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<CompareOptions>();
  CLI::App& command =
      *app.add_subcommand("compare", "Run the same work under several settings, side by side");
  command.add_option("scenarios", options->paths, "Scenario files, or folders of them")
      ->type_name("FILE|DIR")
      ->required();
  command
      .add_option("--vary", options->vary,
                  "Give a key several values: a list, gossip.fanout=2,3,4, or a range, "
                  "'fault.bad wifi.probability=0..70%:10%'; several make a grid")
      ->type_name("KEY=VALUES")
      ->expected(1)
      ->take_all();
  command
      .add_option("--loss", options->loss,
                  "Vary the probability of the fault called loss, 0..70%:10%; where there is none, add one "
                  "that drops messages from start to end")
      ->type_name("SHARES");
  options->overrides.add_to(command);
  command
      .add_option("--reference", options->reference,
                  "The row that the others are set against, by its file or its setting, gossip.fanout=3; "
                  "default: the first")
      ->type_name("FILE|KEY=VALUE")
      ->expected(1)
      ->take_all();
  add_repeat(command, options->repeat, "Run each row N times, under seed, seed + 1, …, and merge");
  add_jobs(command, options->jobs);
  add_duration(command, "--max-lag", options->max_lag,
               "How late the machine may be (p99) before rates and latencies are inconclusive");
  command.add_flag(
      "--gate", options->gate,
      "End with 1 if a row is worse than the reference or fails an expectation, with 2 if one is "
      "inconclusive; else the exit code is 0 whatever was measured");
  command.add_flag("--dry-run", options->dry_run, "Validate everything and start nothing");
  command.add_flag("--quiet", options->quiet, "No progress");
  for (const report::ComparisonFormat& format : report::comparison_formats())
    options->outputs.add_to(command, format.name, format.summary);
  command.callback([options, &exit_code] { exit_code = compare(*options); });
}

}  // namespace hearsay::tools
