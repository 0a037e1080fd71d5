#pragma once

// What text and Markdown show of a comparison alike.

#include <string>
#include <vector>

#include "report/comparison.hpp"
#include "report/table.hpp"

namespace hearsay::report {

struct Heading {
  std::string text;
  Align align;
};

/// One heading a cell.
std::vector<Heading> headings(const Comparison& comparison);

std::vector<std::string> cells(const Comparison& comparison, const Row& row);

/// What the columns mean that do not say so themselves; one sentence a line.
std::string legend();

}  // namespace hearsay::report
