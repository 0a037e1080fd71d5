#include "report/check.hpp"
#include "report/test_suite.hpp"
#include "scenario/text.hpp"

namespace hearsay::report {
namespace {

using End = TestCase::End;

TestCase subject_case(const Check& check, const CheckedSubject& checked) {
  TestCase shown = {.name = name(checked) + " no worse", .where = {.file = check.result.scenario.file}};
  if (!checked.judged) {
    shown.end = End::skipped;
    return shown;
  }
  shown.details = counts_text(checked.change) + '\n';
  if (!checked.finding.regression) return shown;
  shown.details = regression_text(check, checked);
  shown.end = End::fail;
  shown.type = "fail";
  shown.message = shown.details.substr(0, shown.details.find('\n'));
  return shown;
}

/// The expectations of a scenario have no say in a check.
Result without_expectations(const Check& check) {
  Result result = check.result;
  result.judgement = {.verdict = check.verdict,
                      .expectations = {},
                      .reasons = check.reasons,
                      .bugs = check.result.judgement.bugs};
  return result;
}

}  // namespace

std::vector<TestSuite> test_suites(const Checks& checks) {
  std::vector<TestSuite> suites;
  for (const Check& check : checks.all) {
    TestSuite suite = test_suite(without_expectations(check));
    suite.properties.emplace_back("against", scenario::escaped(check.against));
    for (const CheckedSubject& checked : check.subjects) suite.cases.push_back(subject_case(check, checked));
    suites.push_back(std::move(suite));
  }
  for (const Missing& missing : checks.missing) suites.push_back(test_suite(missing));
  return suites;
}

std::string to_junit(const Checks& checks) { return junit_xml(test_suites(checks)); }

}  // namespace hearsay::report
