#pragma once

// What all formats show of a result alike.

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "measure/outcome.hpp"
#include "verdict/intervals.hpp"

namespace hearsay::report {

/// Of the interval shown around a result's commit rate.
inline constexpr double kConfidence = 0.95;

struct LatencyFigure {
  std::string_view name;
  double share;  ///< the quantile
};

inline constexpr std::array<LatencyFigure, 5> kLatencyFigures = {
    {{"min", 0}, {"p50", 0.5}, {"p90", 0.9}, {"p99", 0.99}, {"max", 1}}};

/// Which share of what was eligible a fault hit; nothing, if nothing was.
std::optional<double> hit_rate(const measure::Evidence& fault);

/// Its exact interval, of faults with independent draws.
std::optional<verdict::Interval> hit_interval(const measure::Evidence& fault);

std::string_view to_string(measure::End end);
std::string_view to_string(measure::Unit unit);

/// A quantile as a cell of a table: "lost" where it falls on a lost version, "-" where none has settled.
std::string latency_cell(const measure::Summary& summary, double share);

}  // namespace hearsay::report
