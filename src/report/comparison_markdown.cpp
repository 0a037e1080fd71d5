#include <fmt/format.h>

#include "report/comparison.hpp"
#include "report/comparison_cells.hpp"
#include "report/markdown.hpp"

namespace hearsay::report {

std::string to_markdown(const Comparison& comparison) {
  std::vector<Heading> heads = headings(comparison);
  std::vector<std::string> titles;
  std::vector<Align> aligns;
  for (const Heading& head : heads) {
    titles.push_back(head.text);
    aligns.push_back(head.align);
  }
  std::string text = markdown_line(titles) + markdown_rule(aligns);
  for (const Row& row : comparison.rows) text += markdown_line(cells(comparison, row));
  return text + '\n' + legend();
}

}  // namespace hearsay::report
