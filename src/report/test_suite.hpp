#pragma once

// Results as the systems of CI know them: suites of test cases.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "report/report.hpp"

namespace hearsay::report {

struct TestCase {
  enum class End {
    pass,
    fail,
    error,    ///< it could not be told whether it passes
    skipped,  ///< it was not tried
  };

  std::string name;
  End end = End::pass;
  std::string type = {};     ///< what kind of end it is, unless it passes: "fail", "inconclusive", "bug", …
  std::string message = {};  ///< why, in one line
  std::string details = {};  ///< whole lines; of one that passes too
};

struct TestSuite {
  std::string name;
  std::string file;                    ///< the scenario's
  std::optional<double> seconds = {};  ///< where time passed
  std::vector<std::pair<std::string, std::string>> properties = {};
  std::vector<TestCase> cases = {};
  std::string out = {};  ///< the result as text for people
};

/// The case of an expectation: it fails as the expectation does, is in error where that is inconclusive, and
/// passes whatever a warning finds.
TestCase test_case(const verdict::Judged& judged, const std::string& command);

/// That of all that is no expectation: faults that never hit, a late machine, an interruption, a bug. Every
/// suite has one, so that nothing that decides a verdict is missing, and that no suite is empty.
TestCase evidence_case(const verdict::Judgement& judgement, const std::string& command);

/// Evidence and expectations of a result. A fail of its verdict is a failure in the suite, an inconclusive
/// verdict an error.
TestSuite test_suite(const Result& result);

/// One of a scenario that has no result: an error, or, if nothing kept it from being run, skipped.
TestSuite test_suite(const Missing& missing);

/// JUnit XML by the schema that Jenkins has for it (junit-10.xsd), of which GitLab reads a part. Systems tell
/// cases apart by the names of suite and case; the second of two of one name gets " (2)".
std::string junit_xml(std::vector<TestSuite> suites);

}  // namespace hearsay::report
