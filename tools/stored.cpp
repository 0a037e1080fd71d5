#include "tools/stored.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include "runs/at_once.hpp"
#include "tools/exit_code.hpp"

namespace hearsay::tools {

store::Settings to_store(const std::vector<report::Setting>& settings) {
  store::Settings all;
  for (const report::Setting& setting : settings) all.push_back({setting.key, setting.value});
  return all;
}

std::vector<report::Setting> from_store(const store::Settings& settings) {
  std::vector<report::Setting> all;
  for (const store::Setting& setting : settings) all.push_back({setting.key, setting.value});
  return all;
}

std::vector<std::string> files_of_store(const std::string& path) {
  return {path, path + "-wal", path + "-shm"};
}

std::string headline(const store::Plan& plan, const std::vector<Variant>& cells) {
  return fmt::format("{}: {} {}{}", plan.file, cells.size(), cells.size() == 1 ? "cell" : "cells",
                     in_common(cells, plan.repeat));
}

namespace {

/// Places in the text of the store would be taken for those in the user's file.
report::Row row_of_stored(store::Measured measured, const store::Plan& plan, const Variant& variant) {
  report::Row row = row_of(variant, std::move(measured.outcome), measured.theory, plan.max_lag, plan.command);
  for (scenario::Expectation& expectation : row.result.scenario.expectations) expectation.where = {plan.file};
  return row;
}

/// Read a few at a time: a store serves one thread at once.
std::vector<report::Row> rows_of_stored(store::Store& store, std::span<const std::size_t> finished,
                                        const std::vector<Variant>& cells) {
  constexpr std::size_t kAtATime = 16;
  std::vector<report::Row> rows(finished.size());
  runs::for_each_at_once((finished.size() + kAtATime - 1) / kAtATime, 1, [&](std::size_t part) {
    const std::size_t first = part * kAtATime;
    const auto some = finished.subspan(first, std::min(kAtATime, finished.size() - first));
    std::vector<store::Measured> measured = store.load(some);
    for (std::size_t i = 0; i < some.size(); ++i)
      rows[first + i] = row_of_stored(std::move(measured[i]), store.plan(), cells[some[i]]);
  });
  return rows;
}

}  // namespace

int show(store::Store& store, const std::vector<Variant>& cells, std::size_t reference,
         const RowOptions& options) {
  report::Comparison comparison;
  std::vector<std::size_t> finished;
  for (std::size_t cell = 0; cell < cells.size(); ++cell) {
    if (store.has(cell))
      finished.push_back(cell);
    else
      comparison.missing.push_back({cells[cell].scenario, store.plan().command});
  }
  comparison.rows = rows_of_stored(store, finished, cells);
  const auto found = std::find(finished.begin(), finished.end(), reference);
  const auto reference_row = found == finished.end() ? std::nullopt : std::optional(found - finished.begin());
  const int exit_code = conclude(std::move(comparison), reference_row, options);
  if (finished.size() == cells.size()) return exit_code;
  options.outputs.say(fmt::format("{} of {} cells are finished; to go on: {}\n", finished.size(),
                                  cells.size(), store.plan().command));
  return options.gate ? worse(exit_code, kInconclusive) : exit_code;
}

}  // namespace hearsay::tools
