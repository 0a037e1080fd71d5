#include <fmt/format.h>

#include "report/test_suite.hpp"

namespace hearsay::report {
namespace {

std::string title(const Row& row) {
  std::string text = row.result.scenario.name;
  for (const Setting& setting : row.settings) text += fmt::format(" {}={}", setting.key, setting.value);
  return text;
}

TestCase difference_case(const Row& row, const std::string& command) {
  TestCase shown = {.name = "not worse than the reference", .where = {.file = row.result.scenario.file}};
  const verdict::Contrast& contrast = row.standing->contrast;
  shown.message =
      fmt::format("the commit rate differs by {:+.2f} ({:+.2f}..{:+.2f}) percentage points: {}",
                  100 * contrast.difference, 100 * contrast.interval.low, 100 * contrast.interval.high,
                  verdict::to_string(row.standing->placing.standing));
  shown.details = shown.message + '\n';
  if (row.standing->placing.standing != verdict::Standing::worse) return shown;
  shown.end = TestCase::End::fail;
  shown.type = "fail";
  shown.details += "to repeat: " + command + '\n';
  return shown;
}

}  // namespace

std::vector<TestSuite> test_suites(const Comparison& comparison) {
  std::vector<TestSuite> suites;
  for (const Row& row : comparison.rows) {
    TestSuite suite = test_suite(row.result);
    suite.name = title(row);
    for (const Setting& setting : row.settings) suite.properties.emplace_back(setting.key, setting.value);
    if (row.standing) suite.cases.push_back(difference_case(row, row.result.command));
    suites.push_back(std::move(suite));
  }
  for (const Missing& missing : comparison.missing) suites.push_back(test_suite(missing));
  return suites;
}

}  // namespace hearsay::report
