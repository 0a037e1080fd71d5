#include "report/markdown.hpp"

#include <fmt/format.h>

namespace hearsay::report {

std::string markdown_text(std::string_view text) {
  constexpr std::string_view kSpecial = "\\`*_{}[]<>#|~&$";
  std::string escaped;
  for (const char letter : text) {
    if (kSpecial.find(letter) != std::string_view::npos) escaped += '\\';
    escaped += letter == '\n' || letter == '\r' ? ' ' : letter;
  }
  return escaped;
}

// A fence longer than any within.
std::string markdown_code(std::string_view text) {
  std::string fence = "```";
  while (text.find(fence) != std::string_view::npos) fence += '`';
  return fmt::format("\n{}\n{}\n{}\n", fence, text, fence);
}

std::string markdown_line(const std::vector<std::string>& cells) {
  std::string line = "|";
  for (const std::string& cell : cells) line += " " + markdown_text(cell) + " |";
  return line + '\n';
}

std::string markdown_rule(const std::vector<Align>& aligns) {
  std::string line = "|";
  for (const Align align : aligns) line += align == Align::left ? " :--- |" : " ---: |";
  return line + '\n';
}

}  // namespace hearsay::report
