#include "report/check.hpp"
#include "report/comparison.hpp"
#include "report/limit.hpp"
#include "report/report.hpp"

namespace hearsay::report {

const std::vector<Format>& formats() {
  static const std::vector<Format> table = {
      {"json", "one object a result, an array of several",
       [](const Results& results) { return to_json(results.results, results.several); }},
      {"csv", "one row a version (RFC 4180)", [](const Results& results) { return to_csv(results.results); }},
      {"junit", "JUnit XML, a test case an expectation", to_junit},
      {"markdown", "tables in Markdown, for the summary of a job", to_markdown},
  };
  return table;
}

const std::vector<ComparisonFormat>& comparison_formats() {
  static const std::vector<ComparisonFormat> table = {
      {"json", "an array of result objects, one a row", to_json},
      {"csv", "one line a row (RFC 4180)", to_csv},
      {"markdown", "a table in Markdown", to_markdown},
      {"junit", "JUnit XML, a test case an expectation and one a difference", to_junit},
  };
  return table;
}

const std::vector<CheckFormat>& check_formats() {
  static const std::vector<CheckFormat> table = {
      {"json", "an array of results, each with its check", to_json},
      {"markdown", "what is judged in a table in Markdown, then what got worse", to_markdown},
      {"junit", "JUnit XML, a test case for each that is judged", to_junit},
  };
  return table;
}

const std::vector<LimitFormat>& limit_formats() {
  static const std::vector<LimitFormat> table = {
      {"json", "one object", to_json},
  };
  return table;
}

}  // namespace hearsay::report
