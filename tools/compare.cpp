// `hearsay compare`: the same work under several settings, side by side.

#include <fmt/format.h>

#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/errors.hpp"
#include "report/comparison.hpp"
#include "runs/runs.hpp"
#include "theory/commit_chance.hpp"
#include "tools/arguments.hpp"
#include "tools/commands.hpp"
#include "tools/interrupt.hpp"
#include "tools/print.hpp"
#include "tools/progress.hpp"
#include "tools/rows.hpp"
#include "tools/variants.hpp"
#include "tools/worlds.hpp"
#include "verdict/verdict.hpp"

namespace hearsay::tools {
namespace {

struct CompareOptions : GridMeasuring {
  std::vector<std::string> paths;
  RowOptions rows;
};

bool by_scenario(const std::vector<Variant>& variants) {
  return variants.front().scenario.file != variants.back().scenario.file;
}

std::string in_force(const std::vector<Variant>& variants, const CompareOptions& options) {
  std::string line = fmt::format("{} rows{}", variants.size(), in_common(variants, options.repeat));
  for (const std::string& setting : options.overrides.set) line += ", " + setting;
  return line + "\n";
}

std::string command_of(const CompareOptions& options) {
  std::string command = "hearsay compare";
  for (const std::string& path : options.paths) command += " " + shell_word(path);
  for (const std::string& row : options.rows.reference) command += " --reference " + shell_word(row);
  return command + options.measuring();
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
    const bool reached = reference_ < comparison_.rows.size();
    const int concluded =
        conclude(std::move(comparison_), reached ? std::optional(reference_) : std::nullopt, options_.rows);
    return worse(exit_code_, concluded);
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
    runs::Runs merged = runs::run_all(variant.scenario, options_.repeat,
                                      world.side_by_side ? options_.jobs : 1, world.run, *progress);
    progress.reset();
    if (merged.outcome)
      comparison_.rows.push_back(row_of(variant, *std::move(merged.outcome),
                                        theory::commit_chance(variant.scenario), options_.max_lag,
                                        command_of(options_)));
    if (merged.thrown) std::rethrow_exception(merged.thrown);
  }

  void leave_out(const Variant& variant, const std::string& why) {
    comparison_.missing.push_back({variant.scenario, command_of(options_), why});
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
  options.rows.outputs.check(files);
}

int compare(const CompareOptions& options) {
  const std::vector<Variant> all = variants(options.paths, options.overrides, options.grid.rows());
  check(all, options);
  const std::size_t reference = reference_of(all, options.rows.reference);
  catch_interrupts();
  options.rows.outputs.say(in_force(all, options));
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
  options->add_measuring_to(command, "row");
  options->rows.add_to(command);
  command.callback([options, &exit_code] { exit_code = compare(*options); });
}

}  // namespace hearsay::tools
