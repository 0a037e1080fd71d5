#pragma once

// What GitHub Actions is told by annotations. Where it does not run this program (GITHUB_ACTIONS says so),
// all are empty.

#include <string>
#include <vector>

#include "report/test_suite.hpp"

namespace hearsay::tools {

/// Whole lines, to be printed with the text for people.
std::string annotations_of(const std::vector<report::TestSuite>& suites);

/// Of the exception that is being handled.
std::string annotations_of_failure();

}  // namespace hearsay::tools
