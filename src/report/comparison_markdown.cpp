#include "report/comparison.hpp"
#include "report/comparison_cells.hpp"
#include "report/table.hpp"

namespace hearsay::report {

std::string to_markdown(const Comparison& comparison) {
  const std::vector<Heading> heads = headings(comparison);
  std::vector<Table::Column> columns;
  columns.reserve(heads.size());
  for (const Heading& head : heads) columns.push_back({head.text, head.align});
  Table table(columns);
  for (const Row& row : comparison.rows) table.add(cells(comparison, row));
  return table.markdown() + '\n' + legend();
}

}  // namespace hearsay::report
