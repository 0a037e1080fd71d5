#pragma once

// What users and scripts get to see of results. One file a format, each with one line in the table of
// formats.cpp.

#include <string>
#include <string_view>
#include <vector>

#include "base/parameter.hpp"
#include "measure/outcome.hpp"
#include "scenario/scenario.hpp"
#include "verdict/verdict.hpp"

namespace hearsay::report {

/// A file under one setting, however many runs: what one JSON object shows.
struct Result {
  scenario::Scenario scenario;
  measure::Outcome outcome;
  verdict::Judgement judgement;
  std::string command = {};  ///< that repeats it; empty: not known
};

/// A scenario that was to be run and has no result.
struct Missing {
  scenario::Scenario scenario = {};
  std::string command = {};  ///< that runs it
  std::string why = {};  ///< what kept it from one; empty: it was left out, after an end or a failure before
};

/// What came of all scenarios of a command.
struct Results {
  std::vector<Result> results;
  std::vector<Missing> missing = {};
  bool several = false;  ///< more than one was asked for
};

/// A format that `--NAME FILE` writes.
struct Format {
  std::string_view name;     ///< "json"
  std::string_view summary;  ///< one line for `hearsay list formats` and the help
  std::string (*write)(const Results& results);
};

/// json, csv, junit and markdown, in this order.
const std::vector<Format>& formats();

/// The result object; an array where several results were asked for, however many came of it, or where there
/// is none.
std::string to_json(const std::vector<Result>& results, bool several = false);

/// One row a version of every result, under a header line (RFC 4180): scenario, world, run, seed, version,
/// end, published_ms, latency_ms (empty for lost and open), required, holding, learnings, sent, taken (by
/// faults, on the way to nodes that lack it), refused.
std::string to_csv(const std::vector<Result>& results);

/// JUnit XML: a suite a result, a test case an expectation, and one for the evidence.
std::string to_junit(const Results& results);

/// For the summary of a CI job: a table of verdicts, then a section a result, with its expectations, the
/// evidence of its faults, its lost versions and the command that repeats it.
std::string to_markdown(const Results& results);

/// How text is shown.
struct TextStyle {
  bool colour = false;  ///< ANSI colours: a terminal, and no NO_COLOR
};

/// One result for people: figures, faults with their evidence, lost versions and why, expectations, verdict.
std::string to_text(const Result& result, const TextStyle& style);

/// The table that ends a command: one line a result.
std::string summary_table(const std::vector<Result>& results, const TextStyle& style);

}  // namespace hearsay::report
