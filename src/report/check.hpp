#pragma once

// A result held to how the scenario fared before, and how that is shown.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/report.hpp"
#include "verdict/regression.hpp"
#include "verdict/verdict.hpp"

namespace hearsay::report {

/// Of the intervals of what changed, and the chance with which a smaller regression than is told would have
/// been missed.
inline constexpr double kCheckConfidence = 0.95;
inline constexpr double kCheckPower = 0.95;

/// One subject that was judged.
struct CheckedSubject {
  verdict::Subject subject;
  verdict::Change change;  ///< under the seeds of the baseline
  verdict::Effect effect = {};
  bool judged = false;  ///< else it was only measured, and what follows says nothing
  verdict::Finding finding = {};
  std::optional<double> smallest = {};       ///< regression that would have been found with kCheckPower
  std::optional<verdict::Worst> worst = {};  ///< of a regression: the run that got worse by most
  std::string show = {};                     ///< of a regression: the command that shows that run
};

struct Check {
  Result result;
  std::string against;  ///< the baseline, or the program that was measured beside this one
  double alpha = 1e-4;  ///< the chance of a false alarm, over all that the command judges
  verdict::Verdict verdict = verdict::Verdict::inconclusive;
  std::vector<CheckedSubject> subjects = {};
  std::vector<std::string> told = {};     ///< what is not as it was, and what is not judged
  std::vector<std::string> reasons = {};  ///< why the verdict is at best inconclusive
};

/// What came of all scenarios of a command.
struct Checks {
  std::vector<Check> all;
  std::vector<Missing> missing = {};  ///< what could not be measured, or was not reached
};

/// "commit rate", "commits within 5s" or "messages per learning".
std::string name(const CheckedSubject& checked);

/// "45 versions got worse and 5 better of 1000 (p 1.2e-05)".
std::string counts_text(const verdict::Change& change);

/// Of a regression, in whole lines: which subject, by how much, on which evidence, and the command that shows
/// it.
std::string regression_text(const Check& check, const CheckedSubject& checked);

/// What is told and what is missing, then one line a subject, then what each regression is about.
std::string to_text(const Checks& checks, const TextStyle& style);

/// The same in Markdown, the table first, for the summary of a job.
std::string to_markdown(const Checks& checks);

/// An array of result objects, each with its `check`: against, alpha, verdict, told, reasons and subjects,
/// each with subject, unit, baseline, now, difference, low, high, confidence, pairs, worse, better, p_value,
/// adjusted_p_value (null: it was not judged), fresh (null where nothing was suspected), smallest (null:
/// none, however great), power, regression, seed and show: of the run that shows it, and its command (null:
/// none). As in other arrays of results, what is missing is not there.
std::string to_json(const Checks& checks);

/// JUnit XML: a suite a check, a case a subject, and one for all that keeps it from being judged; a suite for
/// each that is missing.
std::string to_junit(const Checks& checks);

/// A format that `hearsay check --NAME FILE` writes.
struct CheckFormat {
  std::string_view name;
  std::string_view summary;
  std::string (*write)(const Checks& checks);
};

/// json, markdown and junit, in this order.
const std::vector<CheckFormat>& check_formats();

}  // namespace hearsay::report
