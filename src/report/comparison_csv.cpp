#include <fmt/format.h>

#include "report/comparison.hpp"
#include "report/csv_field.hpp"
#include "verdict/rates.hpp"

namespace hearsay::report {
namespace {

template <typename Value>
std::string or_empty(const std::optional<Value>& value) {
  return value ? fmt::format("{}", *value) : "";
}

std::string in_ms(const std::optional<Duration>& span) {
  return span ? fmt::format("{}", milliseconds(*span)) : "";
}

std::string line(const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values) text += (text.empty() ? "" : ",") + csv_field(value);
  return text + "\r\n";
}

std::vector<std::string> header(const Comparison& comparison) {
  std::vector<std::string> names = {"scenario"};
  if (!comparison.rows.empty())
    for (const Setting& setting : comparison.rows.front().settings) names.push_back(setting.key);
  names.insert(names.end(), {"world", "runs", "versions", "commit_rate", "low", "high", "p50_ms", "p90_ms",
                             "p99_ms", "coverage", "per_version", "theory", "difference", "difference_low",
                             "difference_high", "p_value", "adjusted_p_value", "standing", "winner"});
  return names;
}

void add_standing(const Row& row, std::vector<std::string>& values) {
  if (!row.standing) {
    values.insert(values.end(), {"", "", "", "", "", row.reference ? "reference" : ""});
    return;
  }
  const verdict::Contrast& contrast = row.standing->contrast;
  for (const double figure : {contrast.difference, contrast.interval.low, contrast.interval.high,
                              contrast.p_value(), row.standing->placing.adjusted_p_value})
    values.push_back(fmt::format("{}", figure));
  values.emplace_back(verdict::to_string(row.standing->placing.standing));
}

std::vector<std::string> values(const Row& row) {
  const measure::Outcome& outcome = row.result.outcome;
  const measure::Summary summary = measure::summarize(outcome);
  const verdict::CommitRate rate(outcome);
  const verdict::Interval interval = rate.two_sided(kComparisonConfidence);
  std::vector<std::string> all = {row.result.scenario.name};
  for (const Setting& setting : row.settings) all.push_back(setting.value);
  all.insert(all.end(),
             {outcome.world, fmt::to_string(outcome.runs), fmt::to_string(rate.versions()),
              or_empty(rate.value()), fmt::format("{}", interval.low), fmt::format("{}", interval.high)});
  for (const double share : {0.5, 0.9, 0.99}) all.push_back(in_ms(latency(summary, share)));
  all.push_back(summary.latencies.empty() ? "" : fmt::format("{}", summary.coverage));
  all.push_back(fmt::format("{}", summary.per_version));
  all.push_back(or_empty(row.theory));
  add_standing(row, all);
  all.emplace_back(row.winner ? "yes" : "no");
  return all;
}

}  // namespace

std::string to_csv(const Comparison& comparison) {
  std::string text = line(header(comparison));
  for (const Row& row : comparison.rows) text += line(values(row));
  return text;
}

}  // namespace hearsay::report
