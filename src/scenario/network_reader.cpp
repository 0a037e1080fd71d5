#include "scenario/network_reader.hpp"

#include <fmt/format.h>

#include <tuple>
#include <utility>

namespace hearsay::scenario {
namespace {

constexpr std::size_t kMostGroups = 100;

using Sides = std::pair<Selector, Selector>;

/// Two selectors, each read as `side`.
Kind<Sides> two_of(const Kind<Selector>& side) {
  const std::string allowed = "an array of two selectors of nodes, such as [\"0..4\", \"5..9\"]";
  return {allowed, [allowed, side](const Node& node) -> Reading<Sides> {
            const auto* array = node.as<Array>();
            if (array == nullptr) return {{}, mismatch(allowed, node)};
            if (array->size() != 2) return {{}, fmt::format("must be {}, not of {}", allowed, array->size())};
            Reading<Selector> a = side.read(array->front());
            Reading<Selector> b = side.read(array->back());
            if (!a.value) return {{}, "has a first side that " + a.why};
            if (!b.value) return {{}, "has a second side that " + b.why};
            return {Sides{*std::move(a.value), *std::move(b.value)}};
          }};
}

LatencyGroup read_group(const Node& node, std::optional<NodeId> nodes, std::vector<Problem>& problems) {
  Fields fields(std::get<Table>(node.value), node.where, " in [[network.group]]", problems);
  Kind<Selector> side = selector(Selects::group, nodes);
  LatencyGroup group;
  Sides sides;
  const Member* between = fields.find("between");
  if (between == nullptr) {
    side.allowed += "; or \"between\", two of them";
    fields.require("nodes", side, group.a);
    group.b = group.a;
  } else if (fields.find("nodes") != nullptr) {
    fields.refuse(*between, "cannot stand beside \"nodes\": a group has one or the other");
  } else if (fields.read("between", two_of(side), sides)) {
    std::tie(group.a, group.b) = std::move(sides);
  }
  fields.require("latency", duration_model(), group.latency);
  fields.finish();
  return group;
}

}  // namespace

Network read_network(Fields fields, std::optional<NodeId> nodes, std::vector<Problem>& problems) {
  Network network;
  fields.read("latency", duration_model(), network.latency);
  const Array& groups = fields.tables("group", "network.group");
  if (groups.size() > kMostGroups) {
    problems.push_back({groups[kMostGroups].where,
                        fmt::format("{} groups; a network has at most {}", groups.size(), kMostGroups)});
  } else {
    for (const Node& group : groups) network.groups.push_back(read_group(group, nodes, problems));
  }
  fields.finish();
  return network;
}

}  // namespace hearsay::scenario
