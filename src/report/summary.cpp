#include <fmt/format.h>

#include "report/figures.hpp"
#include "report/report.hpp"
#include "report/result_tables.hpp"
#include "scenario/text.hpp"
#include "scenario/units.hpp"
#include "verdict/rates.hpp"

namespace hearsay::report {
namespace {

std::string rate_cell(const measure::Outcome& outcome) {
  const std::optional<double> rate = verdict::CommitRate(outcome).value();
  return rate ? scenario::format_share(*rate) : "-";
}

std::vector<std::string> row(const Result& result, const TextStyle& style) {
  const measure::Outcome& outcome = result.outcome;
  const measure::Summary summary = measure::summarize(outcome);
  const verdict::Verdict verdict = result.judgement.verdict;
  return {coloured(verdict, verdict::to_string(verdict), style),
          scenario::escaped(result.scenario.name),
          outcome.world,
          fmt::to_string(outcome.runs),
          fmt::format("{}/{}", summary.committed, summary.published),
          rate_cell(outcome),
          latency_cell(summary, 0.5),
          latency_cell(summary, 0.99),
          fmt::to_string(outcome.messages.sent),
          std::string(to_string(outcome.unit))};
}

}  // namespace

Table summary_of(const std::vector<Result>& results, const TextStyle& style) {
  Table table({{"verdict", Align::left},
               {"scenario", Align::left},
               {"world", Align::left},
               {"runs", Align::right},
               {"committed", Align::right},
               {"rate", Align::right},
               {"p50", Align::right},
               {"p99", Align::right},
               {"sent", Align::right},
               {"unit", Align::left}});
  for (const Result& result : results) table.add(row(result, style));
  return table;
}

std::string summary_table(const std::vector<Result>& results, const TextStyle& style) {
  return summary_of(results, style).text("");
}

}  // namespace hearsay::report
