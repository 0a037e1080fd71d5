#pragma once

// What compare, sweep and report do alike with results side by side.

#include <CLI/CLI.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/comparison.hpp"
#include "runs/at_once.hpp"
#include "tools/arguments.hpp"
#include "tools/output.hpp"
#include "tools/variants.hpp"

namespace hearsay::tools {

/// What is measured of a grid, and how: as compare and sweep take it.
struct GridMeasuring {
  Overrides overrides;
  GridOptions grid;
  std::uint32_t repeat = 1;
  std::uint32_t jobs = runs::processors();
  std::optional<Duration> max_lag;
  bool dry_run = false;
  bool quiet = false;

  /// An option for each of them; `each` is what the command calls one setting.
  void add_measuring_to(CLI::App& command, std::string_view each);

  /// What decides the figures, as the command line has it: " --vary gossip.fanout=2,3,4 --repeat 20".
  std::string measuring() const;
};

struct RowOptions {
  std::vector<std::string> reference;
  bool gate = false;
  Outputs outputs;

  /// --reference, --gate, and an option a format.
  void add_to(CLI::App& command);
};

/// The row that all of `asked` say, by its file, its name or its settings; the first if nothing is asked.
/// Throws InputError unless there is one.
std::size_t reference_of(const std::vector<Variant>& variants, const std::vector<std::string>& asked);

/// A row before it is set against the others. `command` repeats it.
report::Row row_of(const Variant& variant, measure::Outcome outcome, std::optional<double> theory,
                   const std::optional<Duration>& max_lag, const std::string& command);

/// Sets the rows against the reference, by its place among them; nothing: it has not been measured. Says and
/// writes what was asked for. Returns the exit code: of bugs that show, of outputs, and of the gate, if
/// that was asked for.
int conclude(report::Comparison comparison, std::optional<std::size_t> reference, const RowOptions& options);

}  // namespace hearsay::tools
