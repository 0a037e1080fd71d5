#include "report/figures.hpp"

#include "scenario/units.hpp"

namespace hearsay::report {

std::optional<double> hit_rate(const measure::Evidence& fault) {
  if (fault.eligible == 0) return {};
  return static_cast<double>(fault.hit) / static_cast<double>(fault.eligible);
}

std::optional<verdict::Interval> hit_interval(const measure::Evidence& fault) {
  if (!fault.independent || fault.eligible == 0) return {};
  return verdict::two_sided(fault.hit, fault.eligible, kConfidence);
}

std::string_view to_string(measure::End end) {
  switch (end) {
    case measure::End::committed:
      return "committed";
    case measure::End::lost:
      return "lost";
    case measure::End::open:
      break;
  }
  return "open";
}

std::string_view to_string(measure::Unit unit) { return unit == measure::Unit::run ? "run" : "version"; }

std::string latency_cell(const measure::Summary& summary, double share) {
  if (summary.latencies.empty()) return "-";
  const std::optional<Duration> found = latency(summary, share);
  return found ? scenario::format_duration(*found) : "lost";
}

}  // namespace hearsay::report
