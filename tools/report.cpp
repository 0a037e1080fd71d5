// `hearsay report`: what a sweep has measured so far.

#include <fmt/format.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "store/store.hpp"
#include "tools/commands.hpp"
#include "tools/rows.hpp"
#include "tools/stored.hpp"
#include "tools/variants.hpp"

namespace hearsay::tools {
namespace {

struct ReportOptions {
  std::string path;
  RowOptions rows;
};

std::vector<Variant> cells_of(const store::Plan& plan) {
  std::vector<std::vector<report::Setting>> rows;
  for (const store::Settings& cell : plan.cells) rows.push_back(from_store(cell));
  return variants_of_text(plan.scenario, plan.file, rows);
}

int report_on(const ReportOptions& options) {
  options.rows.outputs.check(files_of_store(options.path));
  store::Store store(options.path);
  const std::vector<Variant> cells = cells_of(store.plan());
  const std::size_t reference = reference_of(cells, options.rows.reference);
  options.rows.outputs.say(headline(store.plan(), cells) + "\n");
  return show(store, cells, reference, options.rows);
}

}  // namespace

void add_report(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ReportOptions>();
  CLI::App& command = *app.add_subcommand("report", "Show what the store of a sweep holds");
  command.add_option("store", options->path, "A store that hearsay sweep has filled, or fills")
      ->type_name("FILE.db")
      ->required();
  options->rows.add_to(command);
  command.callback([options, &exit_code] { exit_code = report_on(*options); });
}

}  // namespace hearsay::tools
