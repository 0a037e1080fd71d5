#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "report/figures.hpp"
#include "report/result_tables.hpp"
#include "scenario/text.hpp"
#include "scenario/units.hpp"

namespace hearsay::report {
namespace {

using measure::Evidence;
using scenario::escaped;
using scenario::format_duration;

/// Four digits: a column of evidence is to be compared, not copied.
std::string percent(double share) { return fmt::format("{:.4g}%", 100 * share); }

std::string percent_or_dash(std::optional<double> share) { return share ? percent(*share) : "-"; }

std::string interval_of(const Evidence& fault) {
  const std::optional<verdict::Interval> interval = hit_interval(fault);
  return interval ? percent(interval->low) + ".." + percent(interval->high) : "";
}

/// When a fault on nodes acted, in short; of several runs only how often.
std::string times(const Evidence& fault, std::uint32_t runs) {
  constexpr std::size_t kMostShown = 3;
  if (fault.instants == 0) return "";
  if (runs > 1) return "at " + plural(fault.instants, "instant");
  std::string text;
  for (const Tick at : std::span(fault.times).first(std::min(fault.times.size(), kMostShown)))
    text += (text.empty() ? "at " : ", ") + format_duration(at);
  if (fault.instants > kMostShown) text += fmt::format(", … {} in all", fault.instants);
  return text;
}

std::string remark(const Evidence& fault, std::uint32_t runs) {
  if (fault.off) return "off";
  return fault.opened ? times(fault, runs) : "never opened";
}

}  // namespace

Table faults_of(const measure::Outcome& outcome) {
  Table table({{"fault", Align::left},
               {"kind", Align::left},
               {"eligible", Align::right},
               {"hit", Align::right},
               {"observed", Align::right},
               {"at 95% confidence", Align::left},
               {"expected", Align::right},
               {"", Align::left}});
  for (const Evidence& fault : outcome.faults) {
    table.add({escaped(fault.name), fault.kind, fmt::to_string(fault.eligible), fmt::to_string(fault.hit),
               percent_or_dash(hit_rate(fault)), interval_of(fault), percent_or_dash(fault.chance),
               remark(fault, outcome.runs)});
  }
  return table;
}

}  // namespace hearsay::report
