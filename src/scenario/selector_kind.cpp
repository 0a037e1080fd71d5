#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenario/kinds.hpp"
#include "scenario/text.hpp"

namespace hearsay::scenario {
namespace {

using Result = Reading<Selector>;

Result refuse(std::string why) { return {{}, std::move(why)}; }

std::string allowed_of(Selects what) {
  if (what == Selects::group) return "a selector of nodes: \"*\", 3, \"0..9\" or [1, 4]";
  const bool has_initiator = what == Selects::senders || what == Selects::side;
  const std::string_view initiator = has_initiator ? "\"initiator\", " : "";
  return fmt::format(
      "a selector of nodes: \"*\", {}3, \"0..9\", [1, 4], {{ count = 2 }} or {{ share = \"10%\" }}",
      initiator);
}

/// Digits alone, at most a node id.
std::optional<NodeId> parse_id(std::string_view text) {
  constexpr std::size_t kMostDigits = 9;
  if (text.empty() || text.size() > kMostDigits) return {};
  NodeId id = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '9') return {};
    id = id * 10 + static_cast<NodeId>(digit - '0');
  }
  return id;
}

std::optional<NodeRange> parse_range(std::string_view text) {
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos) return {};
  const std::optional<NodeId> first = parse_id(text.substr(0, dots));
  const std::optional<NodeId> last = parse_id(text.substr(dots + 2));
  if (!first || !last || *first > *last) return {};
  return NodeRange{*first, *last};
}

/// 3 or "0..9".
std::optional<NodeRange> range_of(const Node& node) {
  if (const auto* text = node.as<Text>()) return parse_range(text->text);
  const auto* id = node.as<std::int64_t>();
  if (id == nullptr || *id < 0 || *id >= kMaxNodes) return {};
  return NodeRange{static_cast<NodeId>(*id), static_cast<NodeId>(*id)};
}

/// Sorted, with overlapping and adjacent ranges joined.
std::vector<NodeRange> joined(std::vector<NodeRange> ranges) {
  std::sort(ranges.begin(), ranges.end(),
            [](const NodeRange& a, const NodeRange& b) { return a.first < b.first; });
  std::vector<NodeRange> out;
  for (const NodeRange& range : ranges) {
    if (out.empty() || range.first > out.back().last + 1) {
      out.push_back(range);
    } else {
      out.back().last = std::max(out.back().last, range.last);
    }
  }
  return out;
}

/// Reads the selectors of one place in a scenario.
class SelectorReader {
 public:
  SelectorReader(Selects what, std::optional<NodeId> nodes)
      : what_(what), nodes_(nodes), allowed_(allowed_of(what)) {}

  const std::string& allowed() const { return allowed_; }

  Result read(const Node& node) const {
    if (const auto* text = node.as<Text>()) {
      if (text->text == "*") return {Selector{}, {}};
      if (text->text == "initiator") return initiator();
    }
    if (const auto* table = node.as<Table>()) return random(node, *table);
    if (const auto* array = node.as<Array>()) return ids(node, *array);
    const std::optional<NodeRange> range = range_of(node);
    return range ? ids({*range}) : refuse(mismatch(allowed_, node));
  }

 private:
  Result initiator() const {
    switch (what_) {
      case Selects::senders:
      case Selects::side:
        return {Selector{Selector::Kind::initiator}, {}};
      case Selects::receivers:
        return refuse("cannot be \"initiator\": the initiator receives no messages");
      case Selects::group:
        return refuse("cannot be \"initiator\": the initiator belongs to no group");
      case Selects::nodes:
        break;
    }
    return refuse("cannot be \"initiator\": the initiator is no node");
  }

  Result ids(const Node& node, const Array& array) const {
    if (array.empty()) return refuse("selects no node: the array is empty");
    std::vector<NodeRange> ranges;
    for (const Node& element : array) {
      const std::optional<NodeRange> range = range_of(element);
      if (!range) {
        return refuse(mismatch(allowed_, node) + " with " + describe(element));
      }
      ranges.push_back(*range);
    }
    return ids(joined(std::move(ranges)));
  }

  Result ids(std::vector<NodeRange> ranges) const {
    const NodeId last = ranges.back().last;
    if (nodes_ && last >= *nodes_) {
      return refuse(fmt::format("selects node {}, but the last node is {}", last, *nodes_ - 1));
    }
    return {Selector{Selector::Kind::ids, std::move(ranges)}, {}};
  }

  Result random(const Node& node, const Table& table) const {
    if (what_ == Selects::group)
      return refuse(mismatch(allowed_, node) + "; the nodes of a group are not random");
    if (table.members.size() == 1) {
      const Member& member = table.members.front();
      if (member.key == "count") return count(member.node);
      if (member.key == "share") return portion(member.node);
      return refuse(fmt::format("has an unknown key {}{}", quote(member.key),
                                suggestion(member.key, {"count", "share"})));
    }
    return refuse(mismatch(allowed_, node));
  }

  Result count(const Node& node) const {
    const auto reading = whole_number(1, nodes_.value_or(kMaxNodes), 2).read(node);
    if (!reading.value) return refuse("has a count that " + reading.why);
    Selector selector{Selector::Kind::count};
    selector.count = static_cast<std::uint32_t>(*reading.value);
    return {std::move(selector), {}};
  }

  static Result portion(const Node& node) {
    const auto reading = scenario::share().read(node);
    if (!reading.value) return refuse("has a share that " + reading.why);
    if (*reading.value <= 0) return refuse("selects no node: its share is 0");
    Selector selector{Selector::Kind::share};
    selector.share = *reading.value;
    return {std::move(selector), {}};
  }

  Selects what_;
  std::optional<NodeId> nodes_;
  std::string allowed_;
};

}  // namespace

Kind<Selector> selector(Selects what, std::optional<NodeId> nodes) {
  const SelectorReader reader(what, nodes);
  return {reader.allowed(), [reader](const Node& node) { return reader.read(node); }};
}

}  // namespace hearsay::scenario
