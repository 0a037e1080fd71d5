#pragma once

// Markdown, as GitHub and GitLab read it.

#include <string>
#include <string_view>
#include <vector>

#include "report/table.hpp"

namespace hearsay::report {

/// `text` so that it shows as it is.
std::string markdown_text(std::string_view text);

/// `text` as a block of code, after an empty line.
std::string markdown_code(std::string_view text);

/// A line of a table; the cells are escaped.
std::string markdown_line(const std::vector<std::string>& cells);

/// The line below a table's headings.
std::string markdown_rule(const std::vector<Align>& aligns);

}  // namespace hearsay::report
