#pragma once

// Results under several settings side by side, and the formats they are shown in.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/report.hpp"
#include "verdict/contrast.hpp"

namespace hearsay::report {

/// A key of the scenario, and the value it has in a row: "gossip.fanout", "4".
struct Setting {
  std::string key;
  std::string value;

  friend bool operator==(const Setting&, const Setting&) = default;
};

/// How a row stands against the reference.
struct Standing {
  verdict::Contrast contrast;
  verdict::Placing placing;
};

struct Row {
  std::vector<Setting> settings = {};  ///< those that vary; the same keys in every row
  Result result;
  std::optional<double> theory = {};      ///< the exact chance that a version commits, where it is known
  bool reference = false;                 ///< the one that the others are set against
  std::optional<Standing> standing = {};  ///< nothing: it is the reference, or that has not been measured
  bool winner = false;                    ///< better than every other row, where the evidence carries that
};

struct Comparison {
  std::vector<Row> rows;
  bool by_scenario = false;           ///< rows are of several files
  std::vector<Missing> missing = {};  ///< rows that could not be measured
};

/// The confidence of its intervals and of what is called better, worse or winner.
inline constexpr double kComparisonConfidence = 0.95;

/// A table with a small plot, and what it means below.
std::string to_text(const Comparison& comparison, const TextStyle& style);

/// An array of result objects, each with its `settings`, `reference` (whether it is that), `versus_reference`
/// (null for the reference itself, and where that has not been measured), `theory` (null where it is not
/// known) and `winner`.
std::string to_json(const Comparison& comparison);

/// One row a setting, under a header line (RFC 4180): scenario, the keys that vary, world, runs, versions,
/// commit_rate, low, high, p50_ms, p90_ms, p99_ms (empty: it falls on a lost version), coverage, per_version,
/// theory, difference, difference_low, difference_high, p_value, adjusted_p_value, standing, winner.
std::string to_csv(const Comparison& comparison);

/// A table as GitHub and GitLab show it.
std::string to_markdown(const Comparison& comparison);

/// JUnit XML: a suite a row, as of a result, with a test case more: that it is not worse than the reference.
std::string to_junit(const Comparison& comparison);

/// A format that `hearsay compare --NAME FILE` writes.
struct ComparisonFormat {
  std::string_view name;
  std::string_view summary;
  std::string (*write)(const Comparison& comparison);
};

/// json, csv, markdown and junit, in this order.
const std::vector<ComparisonFormat>& comparison_formats();

}  // namespace hearsay::report
