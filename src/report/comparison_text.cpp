#include <fmt/format.h>

#include <cmath>

#include "report/comparison.hpp"
#include "report/comparison_cells.hpp"
#include "report/table.hpp"
#include "verdict/rates.hpp"

namespace hearsay::report {
namespace {

constexpr std::size_t kPlotSteps = 24;
constexpr std::string_view kPlotScale = "0%                   100%";

std::size_t step_of(double share) {
  return static_cast<std::size_t>(std::lround(share * static_cast<double>(kPlotSteps)));
}

/// A row's rate on a scale from 0 to 100 %, with its interval and what theory predicts.
std::string plot(const Row& row) {
  const verdict::CommitRate rate(row.result.outcome);
  if (!rate.value()) return "";
  const verdict::Interval interval = rate.two_sided(kComparisonConfidence);
  std::vector<std::string_view> line(kPlotSteps + 1, "·");
  for (std::size_t i = step_of(interval.low); i <= step_of(interval.high); ++i) line[i] = "─";
  if (row.theory) line[step_of(*row.theory)] = "○";
  line[step_of(*rate.value())] = "●";
  return fmt::format("{}", fmt::join(line, ""));
}

std::string in_colour(const Row& row, const std::string& text, const TextStyle& style) {
  if (!row.standing || row.standing->placing.standing == verdict::Standing::undecided) return text;
  const bool better = row.standing->placing.standing == verdict::Standing::better;
  return coloured(better ? verdict::Verdict::pass : verdict::Verdict::fail, text, style);
}

}  // namespace

std::string to_text(const Comparison& comparison, const TextStyle& style) {
  const std::vector<Heading> heads = headings(comparison);
  std::vector<Table::Column> columns;
  columns.reserve(heads.size() + 1);
  for (const Heading& head : heads) columns.push_back({head.text, head.align});
  columns.back().header = kPlotScale;
  columns.push_back({"", Align::left});
  Table table(columns);
  for (const Row& row : comparison.rows) {
    std::vector<std::string> line = cells(comparison, row);
    line.push_back(in_colour(row, line.back(), style));
    line[line.size() - 2] = plot(row);
    table.add(std::move(line));
  }
  return fmt::format("{}\n{}In the plot, ● is the rate, ─ its interval, ○ what theory predicts.\n",
                     table.text(""), legend());
}

}  // namespace hearsay::report
