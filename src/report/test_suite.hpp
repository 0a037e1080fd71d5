#pragma once

// Results as the systems of CI know them: suites of test cases.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/errors.hpp"
#include "report/check.hpp"
#include "report/comparison.hpp"
#include "report/report.hpp"

namespace hearsay::report {

struct TestCase {
  enum class End {
    pass,
    warned,  ///< it passes, but not without a warning
    fail,
    error,    ///< it could not be told whether it passes
    skipped,  ///< it was not tried
  };

  std::string name;
  End end = End::pass;
  std::string type = {};     ///< what kind of end it is, unless it passes: "fail", "inconclusive", "bug", …
  std::string message = {};  ///< why, in one line
  std::string details = {};  ///< whole lines; of one that passes too
  Location where = {};       ///< what it is about in the scenario, if that is known
};

struct TestSuite {
  std::string name;
  std::string file;                    ///< the scenario's
  std::optional<double> seconds = {};  ///< where time passed
  std::vector<std::pair<std::string, std::string>> properties = {};
  std::vector<TestCase> cases = {};
  std::string out = {};  ///< the result as text for people
};

/// The case of an expectation: it fails as the expectation does and is in error where that is inconclusive;
/// one that only warns is never worse than `warned`.
TestCase test_case(const verdict::Judged& judged, const Location& where, const std::string& command);

/// That of all that is no expectation: faults that never hit, a late machine, an interruption, a bug. Every
/// suite has one, so that nothing that decides a verdict is missing, and that no suite is empty.
TestCase evidence_case(const verdict::Judgement& judgement, const Location& where,
                       const std::string& command);

/// Evidence and expectations of a result. A fail of its verdict is a failure in the suite, an inconclusive
/// verdict an error.
TestSuite test_suite(const Result& result);

/// One of a scenario that has no result: an error, or, if nothing kept it from being run, skipped.
TestSuite test_suite(const Missing& missing);

std::vector<TestSuite> test_suites(const Results& results);
std::vector<TestSuite> test_suites(const Comparison& comparison);
std::vector<TestSuite> test_suites(const Checks& checks);

/// JUnit XML by the schema that Jenkins has for it (junit-10.xsd), of which GitLab reads a part. Systems tell
/// cases apart by the names of suite and case; the second of two of one name gets " (2)".
std::string junit_xml(std::vector<TestSuite> suites);

/// Workflow commands by which GitHub Actions shows, at its place in the scenario, every case that did not
/// pass and was not skipped, one line each.
std::string annotations(const std::vector<TestSuite>& suites);

/// The same of what is wrong with a scenario; of usage, without a place.
std::string annotations(const InputError& error);

/// And of what has no place.
std::string annotation(std::string_view what);

}  // namespace hearsay::report
