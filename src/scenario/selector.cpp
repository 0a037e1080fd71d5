#include "scenario/selector.hpp"

#include <fmt/format.h>

#include "scenario/units.hpp"

namespace hearsay::scenario {
namespace {

std::string to_string(const std::vector<NodeRange>& ranges) {
  std::string text;
  for (const NodeRange& range : ranges) {
    if (!text.empty()) text += ", ";
    text += range.first == range.last ? fmt::to_string(range.first)
                                      : fmt::format("{}..{}", range.first, range.last);
  }
  return text;
}

}  // namespace

std::string to_string(const Selector& selector) {
  switch (selector.kind) {
    case Selector::Kind::all:
      return "*";
    case Selector::Kind::initiator:
      return "initiator";
    case Selector::Kind::ids:
      return to_string(selector.ranges);
    case Selector::Kind::count:
      return fmt::format("{} random node{}", selector.count, selector.count == 1 ? "" : "s");
    case Selector::Kind::share:
      break;
  }
  return format_share(selector.share) + " of the nodes";
}

}  // namespace hearsay::scenario
