#pragma once

// Text in aligned columns, and what of it may be coloured.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "report/report.hpp"
#include "verdict/verdict.hpp"

namespace hearsay::report {

enum class Align { left, right };

/// Rows of cells under their headers; two spaces between columns, none at the end of a line.
class Table {
 public:
  struct Column {
    std::string_view header;
    Align align;
  };

  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  /// One cell a column.
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

  /// Each line after `indent`. Without headers if all of them are empty.
  std::string text(std::string_view indent) const;

  /// As GitHub and GitLab read it, cells escaped.
  std::string markdown() const;

 private:
  std::vector<std::size_t> widths() const;
  std::string line(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) const;

  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

/// `word` in the colour of `verdict`, if colours are on.
std::string coloured(verdict::Verdict verdict, std::string_view word, const TextStyle& style);

}  // namespace hearsay::report
