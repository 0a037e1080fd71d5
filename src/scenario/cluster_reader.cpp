#include "scenario/cluster_reader.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "scenario/text.hpp"

namespace hearsay::scenario {
namespace {

constexpr std::int64_t kLastPort = 65'535;
constexpr std::size_t kMostGroups = 100;

/// Why nothing may have this name; empty if something may.
std::string_view refusal_of(std::string_view name) {
  if (!is_name(name)) return "must have a name of 1 to 64 letters, digits, spaces, - and _, such as \"edge\"";
  if (name == "initiator") return "cannot be called \"initiator\": the initiator belongs to no group";
  if (name.find_first_not_of("0123456789") == std::string_view::npos)
    return "cannot have a number as its name: that selects a node";
  return "";
}

/// One that is wrong is there all the same, with no nodes, so that those who name it are right.
void read_group(const Member& member, Members& members, std::vector<Problem>& problems) {
  const auto refuse = [&](const Location& where, std::string_view why) {
    problems.push_back({where, fmt::format("group {} in [cluster.groups] {}", quote(member.key), why)});
  };
  if (const std::string_view why = refusal_of(member.key); !why.empty()) return refuse(member.where, why);
  Reading<Selector> reading = selector(Selects::group, members).read(member.node);
  if (!reading.value) refuse(member.node.where, reading.why);
  members.groups.emplace(member.key, reading.value.value_or(Selector{Selector::Kind::ids}));
}

void read_groups(Fields& fields, Members& members, std::vector<Problem>& problems) {
  const Member* groups = fields.find("groups");
  if (groups == nullptr) return;
  const Table* table = groups->node.as<Table>();
  if (table == nullptr)
    return fields.refuse(
        *groups, fmt::format("must be a table, written [cluster.groups], not {}", describe(groups->node)));
  if (table->members.size() > kMostGroups)
    return fields.refuse(
        *groups, fmt::format("has {} groups; at most {} are possible", table->members.size(), kMostGroups));
  for (const Member& member : table->members) read_group(member, members, problems);
}

}  // namespace

Cluster read_cluster(Fields fields, Members& members, std::vector<Problem>& problems) {
  Cluster cluster;
  if (fields.require("nodes", whole_number(1, kMaxNodes, 50), cluster.nodes)) members.nodes = cluster.nodes;
  const bool ports = fields.read("start_port", whole_number(0, kLastPort, 8000), cluster.start_port);
  const std::int64_t last = std::int64_t{cluster.start_port} + cluster.nodes - 1;
  if (ports && members.nodes && cluster.start_port != 0 && last > kLastPort) {
    fields.refuse(*fields.find("start_port"), fmt::format("leaves node {} with port {}; ports end at {}",
                                                          cluster.nodes - 1, last, kLastPort));
  }
  std::string commit;
  if (fields.read("commit", choice({"all", "alive"}), commit)) {
    cluster.commit = commit == "all" ? CommitRule::all : CommitRule::alive;
  }
  read_groups(fields, members, problems);
  fields.finish();
  cluster.groups = members.groups;
  return cluster;
}

}  // namespace hearsay::scenario
