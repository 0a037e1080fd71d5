#pragma once

// What Jenkins and GitLab accept as JUnit XML.

#include <string>
#include <vector>

namespace hearsay::testing {

/// What in `xml` they would not: all rules of Jenkins' junit-10.xsd (elements, their order, attributes,
/// types); the order of a suite's parts that the older schema of Ant wants; characters that XML 1.0 has no
/// place for; counts that are not those of the cases; and what GitLab loses: a second case of the same class
/// and name, an end without text.
std::vector<std::string> junit_violations(const std::string& xml);

}  // namespace hearsay::testing
