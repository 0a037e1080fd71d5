// `hearsay sweep`: a grid of settings, measured cell by cell into a store that outlives the program.

#include <fmt/format.h>

#include <exception>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/errors.hpp"
#include "runs/cells.hpp"
#include "scenario/reader.hpp"
#include "store/store.hpp"
#include "theory/commit_chance.hpp"
#include "tools/arguments.hpp"
#include "tools/commands.hpp"
#include "tools/interrupt.hpp"
#include "tools/load.hpp"
#include "tools/print.hpp"
#include "tools/rows.hpp"
#include "tools/stored.hpp"
#include "tools/sweep_progress.hpp"
#include "tools/variants.hpp"
#include "tools/worlds.hpp"

namespace hearsay::tools {
namespace {

struct SweepOptions : GridMeasuring {
  std::string path;
  std::string store;
  RowOptions rows;
};

/// The command that goes on where this one ends.
std::string command_of(const SweepOptions& options) {
  return "hearsay sweep " + shell_word(options.path) + options.measuring() + " --store " +
         shell_word(options.store);
}

store::Plan plan_of(const SweepOptions& options, const std::string& program,
                    const std::vector<Variant>& cells) {
  store::Plan plan{.program = program,
                   .command = command_of(options),
                   .file = options.path,
                   .scenario = scenario::text_in_force(options.path, options.overrides.settings()),
                   .repeat = options.repeat,
                   .max_lag = options.max_lag,
                   .cells = {}};
  std::set<store::Settings> known;
  for (const Variant& cell : cells) {
    plan.cells.push_back(to_store(cell.settings));
    if (!known.insert(plan.cells.back()).second)
      throw InputError(fmt::format("two cells are alike: {}", store::to_string(plan.cells.back())));
  }
  load_text(plan.scenario, plan.file, {});  // what is kept must be readable
  return plan;
}

class Sweep {
 public:
  Sweep(const SweepOptions& options, const std::vector<Variant>& cells, store::Store& store)
      : options_(options), cells_(cells), store_(store) {}

  /// Measures what the store lacks. Returns the exit code.
  int fill() {
    for (std::size_t cell = 0; cell < cells_.size(); ++cell)
      if (!store_.has(cell)) missing_.push_back(cell);
    if (missing_.empty()) return kPass;
    try {
      measure();
    } catch (...) {
      const Failure thrown = failure();
      tell(thrown.why + "\n");
      return thrown.exit_code;
    }
    return store_.finished() < cells_.size() ? kInterrupted : kPass;
  }

 private:
  void measure() {
    std::vector<const scenario::Scenario*> scenarios;
    bool side_by_side = true;
    for (const std::size_t cell : missing_) {
      scenarios.push_back(&cells_[cell].scenario);
      side_by_side &= world_named(scenarios.back()->world).side_by_side;
    }
    SweepProgress progress(!options_.quiet, cells_.size(), missing_.size(), options_.repeat);
    const std::exception_ptr thrown = runs::run_cells(
        scenarios, options_.repeat, side_by_side ? options_.jobs : 1,
        [](const scenario::Scenario& scenario, core::Observer& observer) {
          return world_named(scenario.world).run(scenario, observer);
        },
        [this](std::size_t cell, measure::Outcome outcome) { keep(missing_[cell], std::move(outcome)); },
        progress);
    if (thrown) std::rethrow_exception(thrown);
  }

  void keep(std::size_t cell, measure::Outcome outcome) {
    store_.keep(cell, {std::move(outcome), theory::commit_chance(cells_[cell].scenario)});
  }

  const SweepOptions& options_;
  const std::vector<Variant>& cells_;
  store::Store& store_;
  std::vector<std::size_t> missing_;
};

std::vector<Variant> read_cells(const SweepOptions& options) {
  const auto rows = options.grid.rows();
  std::vector<Variant> cells = variants({options.path}, options.overrides, rows);
  if (cells.size() != rows.size()) throw InputError(options.path + ": sweep takes one scenario");
  std::vector<std::string> files = cells.front().scenario.files;
  for (std::string& file : files_of_store(options.store)) files.push_back(std::move(file));
  options.rows.outputs.check(files);
  return cells;
}

std::string sweep_in_force(const store::Plan& plan, const std::vector<Variant>& cells,
                           const SweepOptions& options) {
  std::string line = headline(plan, cells);
  for (const std::string& setting : options.overrides.set) line += ", " + setting;
  return line + "\n";
}

int sweep(const SweepOptions& options, const std::string& program) {
  std::vector<Variant> cells = read_cells(options);
  const std::size_t reference = reference_of(cells, options.rows.reference);
  const store::Plan plan = plan_of(options, program, cells);
  if (options.dry_run) {
    options.rows.outputs.say(sweep_in_force(plan, cells, options));
    return kPass;
  }
  catch_interrupts();
  store::Store store(options.store, plan);
  for (Variant& cell : cells) cell.scenario.file = store.plan().file;
  options.rows.outputs.say(sweep_in_force(store.plan(), cells, options));
  if (store.finished() > 0)
    options.rows.outputs.say(
        fmt::format("{} of {} cells are there already\n", store.finished(), cells.size()));
  const int filled = Sweep(options, cells, store).fill();
  return worse(filled, show(store, cells, reference, options.rows));
}

}  // namespace

void add_sweep(CLI::App& app, int& exit_code, const std::string& program) {
  auto options = std::make_shared<SweepOptions>();
  CLI::App& command = *app.add_subcommand(
      "sweep", "Measure a grid of settings into a store, to go on with after an interruption");
  command.add_option("scenario", options->path, "A scenario file")->type_name("FILE")->required();
  command
      .add_option(
          "--store", options->store,
          "The SQLite file that keeps what is measured; made if it is not there. One that is there goes "
          "on with the cells that it lacks")
      ->type_name("FILE.db")
      ->required();
  options->add_measuring_to(command, "cell");
  options->rows.add_to(command);
  command.callback([options, program, &exit_code] { exit_code = sweep(*options, program); });
}

}  // namespace hearsay::tools
