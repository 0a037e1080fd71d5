#include "report/table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/markdown.hpp"
#include "scenario/text.hpp"

namespace hearsay::report {
namespace {

constexpr char kEscape = '\x1b';

/// How many characters a terminal shows: those of UTF-8, without the colours.
std::size_t width(std::string_view text) {
  std::size_t shown = 0;
  bool in_colour = false;
  for (const char letter : text) {
    if (letter == kEscape) in_colour = true;
    if (!in_colour && scenario::starts_character(letter)) ++shown;
    if (letter == 'm') in_colour = false;
  }
  return shown;
}

std::string padded(const std::string& cell, std::size_t to, Align align) {
  const std::string space(to - width(cell), ' ');
  return align == Align::left ? cell + space : space + cell;
}

std::string_view colour(verdict::Verdict verdict) {
  switch (verdict) {
    case verdict::Verdict::pass:
      return "32";
    case verdict::Verdict::fail:
      return "31";
    case verdict::Verdict::inconclusive:
      break;
  }
  return "33";
}

}  // namespace

std::string Table::text(std::string_view indent) const {
  std::vector<std::string> headers;
  for (const Column& column : columns_) headers.emplace_back(column.header);
  const bool headed = std::any_of(headers.begin(), headers.end(), [](const auto& h) { return !h.empty(); });
  const std::vector<std::size_t> to = widths();
  std::string text;
  if (headed) text += fmt::format("{}{}\n", indent, line(headers, to));
  for (const auto& row : rows_) text += fmt::format("{}{}\n", indent, line(row, to));
  return text;
}

std::string Table::markdown() const {
  std::vector<std::string> headers;
  std::vector<Align> aligns;
  for (const Column& column : columns_) {
    headers.emplace_back(column.header);
    aligns.push_back(column.align);
  }
  std::string text = markdown_line(headers) + markdown_rule(aligns);
  for (const auto& row : rows_) text += markdown_line(row);
  return text;
}

std::vector<std::size_t> Table::widths() const {
  std::vector<std::size_t> widths;
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    std::size_t widest = width(columns_[column].header);
    for (const auto& row : rows_) widest = std::max(widest, width(row[column]));
    widths.push_back(widest);
  }
  return widths;
}

std::string Table::line(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) const {
  std::string line;
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    if (column > 0) line += "  ";
    line += padded(cells[column], widths[column], columns_[column].align);
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

std::string coloured(verdict::Verdict verdict, std::string_view word, const TextStyle& style) {
  if (!style.colour) return std::string(word);
  return fmt::format("\x1b[{}m{}\x1b[0m", colour(verdict), word);
}

}  // namespace hearsay::report
