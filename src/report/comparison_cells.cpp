#include "report/comparison_cells.hpp"

#include <fmt/format.h>

#include "report/figures.hpp"
#include "scenario/text.hpp"
#include "scenario/units.hpp"
#include "verdict/rates.hpp"

namespace hearsay::report {
namespace {

using scenario::format_share;

std::string share_or_dash(const std::optional<double>& share) { return share ? format_share(*share) : "-"; }

/// One digit more than a rate of a thousand versions has.
std::string outline(const verdict::Interval& interval) {
  return fmt::format("{:.2f}%..{:.2f}%", 100 * interval.low, 100 * interval.high);
}

std::string points(double difference) { return fmt::format("{:+.2f}", 100 * difference); }

std::string difference_cell(const Row& row) {
  if (row.reference) return "reference";
  if (!row.standing) return "-";
  const verdict::Contrast& contrast = row.standing->contrast;
  return fmt::format("{} ({}..{})", points(contrast.difference), points(contrast.interval.low),
                     points(contrast.interval.high));
}

std::string remark(const Row& row) {
  std::string text;
  if (row.standing && row.standing->placing.standing != verdict::Standing::undecided)
    text = verdict::to_string(row.standing->placing.standing);
  if (row.winner) text += text.empty() ? "winner" : ", winner";
  return text;
}

/// A key without the section that its name makes plain.
std::string short_key(const std::string& key) {
  constexpr std::string_view kFault = "fault.";
  return scenario::escaped(key.starts_with(kFault) ? key.substr(kFault.size()) : key);
}

}  // namespace

std::vector<Heading> headings(const Comparison& comparison) {
  std::vector<Heading> all;
  if (comparison.by_scenario) all.push_back({"scenario", Align::left});
  if (!comparison.rows.empty())
    for (const Setting& setting : comparison.rows.front().settings)
      all.push_back({short_key(setting.key), Align::right});
  for (const char* text : {"versions", "rate", "interval", "theory", "p50", "p90", "p99", "coverage",
                           "per version", "difference"})
    all.push_back({text, Align::right});
  all.push_back({"", Align::left});
  return all;
}

std::vector<std::string> cells(const Comparison& comparison, const Row& row) {
  const measure::Outcome& outcome = row.result.outcome;
  const measure::Summary summary = measure::summarize(outcome);
  const verdict::CommitRate rate(outcome);
  std::vector<std::string> all;
  if (comparison.by_scenario) all.push_back(scenario::escaped(row.result.scenario.name));
  for (const Setting& setting : row.settings) all.push_back(scenario::escaped(setting.value));
  all.push_back(fmt::to_string(rate.versions()));
  all.push_back(share_or_dash(rate.value()));
  all.push_back(rate.value() ? outline(rate.two_sided(kComparisonConfidence)) : "-");
  all.push_back(share_or_dash(row.theory));
  for (const double share : {0.5, 0.9, 0.99}) all.push_back(latency_cell(summary, share));
  all.push_back(summary.latencies.empty() ? "-" : format_share(summary.coverage));
  all.push_back(fmt::format("{:.6g}", summary.per_version));
  all.push_back(difference_cell(row));
  all.push_back(remark(row));
  return all;
}

std::string legend() {
  return fmt::format(
      "Rates are of commits, with {0} intervals; per version: messages sent. Differences are in percentage\n"
      "points, against the reference under the same draws, each with a {0} interval. Better, worse and "
      "winner\n"
      "are said where all together are wrong at most once in {1:.0f} comparisons.\n",
      format_share(kComparisonConfidence), 1 / (1 - kComparisonConfidence));
}

}  // namespace hearsay::report
