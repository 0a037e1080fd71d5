#include "scenario/network_reader.hpp"

#include <fmt/format.h>

#include <tuple>
#include <utility>

namespace hearsay::scenario {
namespace {

constexpr std::size_t kMostLatencyGroups = 100;

/// Adds one group for each two sides of a [[network.group]].
void read_group(const Node& node, const Members& members, std::vector<LatencyGroup>& groups,
                std::vector<Problem>& problems) {
  Fields fields(std::get<Table>(node.value), node.where, " in [[network.group]]", problems);
  Kind<Selector> side = selector(Selects::latencies, members);
  std::vector<Sides> all(1);
  DurationModel latency;
  const Member* between = fields.find("between");
  if (between == nullptr) {
    side.allowed += "; or \"between\", two of them";
    fields.require("nodes", side, all.front().a);
    all.front().b = all.front().a;
  } else if (fields.find("nodes") != nullptr) {
    fields.refuse(*between, "cannot stand beside \"nodes\": a group has one or the other");
  } else {
    fields.read("between", sides(Selects::latencies, members), all);
  }
  fields.require("latency", duration_model(), latency);
  fields.finish();
  for (Sides& two : all) groups.push_back({std::move(two.a), std::move(two.b), latency});
}

}  // namespace

Network read_network(Fields fields, const Members& members, std::vector<Problem>& problems) {
  Network network;
  const Member* latency = fields.find("latency");
  network.where = latency == nullptr ? fields.where() : latency->node.where;
  fields.read("latency", duration_model(), network.latency);
  const Array& groups = fields.tables("group", "network.group");
  if (groups.size() > kMostLatencyGroups) {
    problems.push_back({groups[kMostLatencyGroups].where, fmt::format("{} groups; a network has at most {}",
                                                                      groups.size(), kMostLatencyGroups)});
  } else {
    for (const Node& group : groups) read_group(group, members, network.groups, problems);
  }
  fields.finish();
  return network;
}

}  // namespace hearsay::scenario
