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
  if (what == Selects::group)
    return "nodes of a group: 3, \"0..9\", [1, 4], { count = 2 } or { share = \"10%\" }";
  if (what == Selects::latencies) return "a selector of nodes: \"*\", 3, \"0..9\" or [1, 4]";
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
  SelectorReader(Selects what, const Members& members)
      : what_(what), members_(members), allowed_(allowed_of(what)) {}

  const std::string& allowed() const { return allowed_; }

  Result read(const Node& node) const {
    if (const auto* text = node.as<Text>()) {
      if (text->text == "*" && what_ != Selects::group) return {Selector{}, {}};
      if (text->text == "initiator") return initiator();
    }
    if (const auto* table = node.as<Table>()) return random(node, *table);
    if (const auto* array = node.as<Array>()) return ids(node, *array);
    Selector one{Selector::Kind::ids};
    return add(node, one) ? checked(std::move(one)) : refuse(mismatch(allowed_, node) + meant(node));
  }

 private:
  Result initiator() const {
    switch (what_) {
      case Selects::senders:
      case Selects::side:
        return {Selector{Selector::Kind::initiator}, {}};
      case Selects::receivers:
        return refuse("cannot be \"initiator\": the initiator receives no messages");
      case Selects::latencies:
      case Selects::group:
        return refuse("cannot be \"initiator\": the initiator belongs to no group");
      case Selects::nodes:
        break;
    }
    return refuse("cannot be \"initiator\": the initiator is no node");
  }

  Result ids(const Node& node, const Array& array) const {
    if (array.empty()) return refuse("selects no node: the array is empty");
    Selector all{Selector::Kind::ids};
    for (const Node& element : array)
      if (!add(element, all))
        return refuse(mismatch(allowed_, node) + " with " + describe(element) + meant(element));
    return checked(std::move(all));
  }

  /// Adds an id, a range or a group. False: `node` is none of them.
  bool add(const Node& node, Selector& onto) const {
    if (const std::optional<NodeRange> range = range_of(node)) {
      onto.ranges.push_back(*range);
      return true;
    }
    const auto* text = node.as<Text>();
    const auto group = text != nullptr ? members_.groups.find(text->text) : members_.groups.end();
    if (group == members_.groups.end() || what_ == Selects::group) return false;
    add(group->first, group->second, onto);
    return true;
  }

  static void add(const std::string& name, const Selector& group, Selector& onto) {
    onto.ranges.insert(onto.ranges.end(), group.ranges.begin(), group.ranges.end());
    const RandomGroup drawn{name, group.count, group.share};
    const bool there = std::find(onto.groups.begin(), onto.groups.end(), drawn) != onto.groups.end();
    if (group.random() && !there) onto.groups.push_back(drawn);
  }

  /// Which group was meant by what is none; nothing if there are no groups.
  std::string meant(const Node& node) const {
    const auto* text = node.as<Text>();
    if (text == nullptr || what_ == Selects::group) return "";
    std::vector<std::string_view> names;
    for (const auto& [name, group] : members_.groups) names.push_back(name);
    const std::string_view likely = nearest(text->text, names);
    if (!likely.empty()) return fmt::format("; did you mean {}?", quote(likely));
    return names.empty() ? "" : "; groups are " + listed(names, "and");
  }

  Result checked(Selector selector) const {
    if (what_ == Selects::latencies && selector.random())
      return refuse(fmt::format("names the group {}, whose nodes are random; those of latencies are not",
                                quote(selector.groups.front().name)));
    selector.ranges = joined(std::move(selector.ranges));
    const auto& ranges = selector.ranges;
    if (members_.nodes && !ranges.empty() && ranges.back().last >= *members_.nodes)
      return refuse(
          fmt::format("selects node {}, but the last node is {}", ranges.back().last, *members_.nodes - 1));
    return {std::move(selector), {}};
  }

  Result random(const Node& node, const Table& table) const {
    if (what_ == Selects::latencies)
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
    const auto reading = whole_number(1, members_.nodes.value_or(kMaxNodes), 2).read(node);
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
  const Members& members_;
  std::string allowed_;
};

}  // namespace

Kind<Selector> selector(Selects what, const Members& members) {
  const SelectorReader reader(what, members);
  return {reader.allowed(), [reader](const Node& node) { return reader.read(node); }};
}

}  // namespace hearsay::scenario
