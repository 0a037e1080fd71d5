#include "tools/rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/errors.hpp"
#include "report/test_suite.hpp"
#include "scenario/text.hpp"
#include "tools/annotate.hpp"
#include "tools/exit_code.hpp"
#include "tools/print.hpp"
#include "verdict/verdict.hpp"

namespace hearsay::tools {
namespace {

constexpr double kRowConfidence = report::kComparisonConfidence;

/// What a row is called by `--reference`.
std::vector<std::string> names_of(const Variant& variant) {
  std::vector<std::string> all = {variant.scenario.file, variant.scenario.name};
  for (const report::Setting& setting : variant.settings) all.push_back(setting.key + "=" + setting.value);
  return all;
}

bool has_names(const Variant& variant, const std::vector<std::string>& asked) {
  const std::vector<std::string> own = names_of(variant);
  return std::all_of(asked.begin(), asked.end(), [&](const std::string& name) {
    return std::find(own.begin(), own.end(), name) != own.end();
  });
}

void set_against(std::vector<report::Row>& rows, std::size_t reference) {
  rows[reference].reference = true;
  std::vector<verdict::Contrast> contrasts;
  std::vector<const measure::Outcome*> outcomes;
  for (const report::Row& row : rows) {
    outcomes.push_back(&row.result.outcome);
    if (row.reference) continue;
    contrasts.push_back(verdict::contrast(rows[reference].result.outcome, *outcomes.back(), kRowConfidence));
  }
  const std::vector<verdict::Placing> placings = verdict::judge_together(contrasts, kRowConfidence);
  std::size_t at = 0;
  for (report::Row& row : rows) {
    if (row.reference) continue;
    row.standing = {contrasts[at], placings[at]};
    ++at;
  }
  if (const auto best = verdict::winner(outcomes, kRowConfidence)) rows[*best].winner = true;
}

std::string settings_of(const report::Row& row) {
  std::string text = row.result.scenario.file;
  for (const report::Setting& setting : row.settings)
    text += fmt::format(", {}={}", setting.key, setting.value);
  return text;
}

int tell_bugs(const report::Comparison& comparison) {
  int exit_code = kPass;
  for (const report::Row& row : comparison.rows) {
    for (const std::string& bug : row.result.judgement.bugs) {
      tell(fmt::format("{}: {}\n", settings_of(row), bug));
      exit_code = kBug;
    }
  }
  return exit_code;
}

/// What the rows end with where they are to decide.
int gate(const report::Comparison& comparison) {
  int exit_code = kPass;
  for (const report::Row& row : comparison.rows) {
    exit_code = worse(exit_code, exit_code_of(row.result.judgement));
    if (row.standing && row.standing->placing.standing == verdict::Standing::worse)
      exit_code = worse(exit_code, kFailed);
  }
  return exit_code;
}

}  // namespace

void GridMeasuring::add_measuring_to(CLI::App& command, std::string_view each) {
  grid.add_to(command);
  overrides.add_to(command);
  add_repeat(command, repeat, fmt::format("Run each {} N times, under seed, seed + 1, …, and merge", each));
  add_jobs(command, jobs);
  add_duration(command, "--max-lag", max_lag,
               "How late the machine may be (p99) before rates and latencies are inconclusive");
  command.add_flag("--dry-run", dry_run, "Validate everything and start nothing");
  command.add_flag("--quiet", quiet, "No progress");
}

std::string GridMeasuring::measuring() const {
  return grid.options() + overrides.options() + Repeat{.runs = repeat}.option() + max_lag_option(max_lag);
}

void RowOptions::add_to(CLI::App& command) {
  add_repeatable(command, "--reference", reference,
                 "The row that the others are set against, by its file or its setting, gossip.fanout=3; "
                 "default: the first")
      ->type_name("FILE|KEY=VALUE");
  command.add_flag(
      "--gate", gate,
      "End with 1 if a row is worse than the reference or fails an expectation, with 2 if one is "
      "inconclusive; else the exit code is 0 whatever was measured");
  for (const report::ComparisonFormat& format : report::comparison_formats())
    outputs.add_to(command, format.name, format.summary);
}

std::size_t reference_of(const std::vector<Variant>& variants, const std::vector<std::string>& asked) {
  if (asked.empty()) return 0;
  const auto matches = [&](const Variant& variant) { return has_names(variant, asked); };
  const auto found = std::find_if(variants.begin(), variants.end(), matches);
  const auto count = std::count_if(variants.begin(), variants.end(), matches);
  if (count == 1) return static_cast<std::size_t>(found - variants.begin());
  const std::vector<std::string> allowed = names_of(variants.front());
  throw InputError(fmt::format(
      "--reference {}: {} rows are called so, one must be; the first one's names are {}",
      scenario::shortened(fmt::format("{}", fmt::join(asked, " "))),
      count == 0 ? "no" : fmt::to_string(count), scenario::listed({allowed.begin(), allowed.end()}, "and")));
}

report::Row row_of(const Variant& variant, measure::Outcome outcome, std::optional<double> theory,
                   const std::optional<Duration>& max_lag, const std::string& command) {
  verdict::Judgement judgement = verdict::judge(variant.scenario, outcome, {.max_lag = max_lag});
  return {.settings = variant.settings,
          .result = {variant.scenario, std::move(outcome), std::move(judgement), command},
          .theory = theory};
}

int conclude(report::Comparison comparison, std::optional<std::size_t> reference, const RowOptions& options) {
  if (reference) set_against(comparison.rows, *reference);
  options.outputs.say(report::to_text(comparison, options.outputs.style()));
  const auto text = [&](std::size_t format) {
    return report::comparison_formats()[format].write(comparison);
  };
  const int exit_code = worse(tell_bugs(comparison), options.outputs.write(text));
  if (!options.gate) return exit_code;
  options.outputs.say(annotations_of(report::test_suites(comparison)));
  return worse(exit_code, gate(comparison));
}

}  // namespace hearsay::tools
