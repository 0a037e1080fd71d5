#include "scenario/tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "scenario/text.hpp"

namespace hearsay::scenario {
namespace {

template <typename Members>
auto lower_bound(Members& members, std::string_view key) {
  return std::lower_bound(
      members.begin(), members.end(), key,
      [](const Member& member, std::string_view wanted) { return member.key.compare(wanted) < 0; });
}

struct Describe {
  std::string operator()(std::int64_t value) const { return fmt::to_string(value); }
  std::string operator()(double value) const { return fmt::format("{:#}", value); }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(const Text& value) const { return quote(value.text); }
  std::string operator()(Date) const { return "a date"; }
  std::string operator()(const Array& value) const { return value.empty() ? "an empty array" : "an array"; }
  std::string operator()(const Table& value) const {
    return value.members.empty() ? "an empty table" : "a table";
  }
};

}  // namespace

const Member* Table::find(std::string_view key) const {
  const auto found = lower_bound(members, key);
  return found != members.end() && found->key == key ? &*found : nullptr;
}

Member* Table::find(std::string_view key) {
  const auto found = lower_bound(members, key);
  return found != members.end() && found->key == key ? &*found : nullptr;
}

const Text* Table::find_text(std::string_view key) const {
  const Member* member = find(key);
  return member != nullptr ? member->node.as<Text>() : nullptr;
}

void Table::put(Member member) {
  if (Member* same = find(member.key)) {
    *same = std::move(member);
  } else {
    members.insert(lower_bound(members, member.key), std::move(member));
  }
}

void Table::erase(std::string_view key) {
  const auto found = lower_bound(members, key);
  if (found != members.end() && found->key == key) members.erase(found);
}

void merge(Table& base, Table&& over) {
  std::vector<Member> added;
  for (Member& member : over.members) {
    Member* same = base.find(member.key);
    if (same == nullptr) {
      added.push_back(std::move(member));
    } else if (std::holds_alternative<Table>(same->node.value) &&
               std::holds_alternative<Table>(member.node.value)) {
      merge(std::get<Table>(same->node.value), std::move(std::get<Table>(member.node.value)));
      same->where = member.where;
      same->node.where = member.node.where;
    } else {
      *same = std::move(member);
    }
  }
  const auto before = static_cast<std::ptrdiff_t>(base.members.size());
  std::move(added.begin(), added.end(), std::back_inserter(base.members));
  std::inplace_merge(base.members.begin(), base.members.begin() + before, base.members.end(),
                     [](const Member& a, const Member& b) { return a.key < b.key; });
}

std::string describe(const Node& node) { return std::visit(Describe{}, node.value); }

}  // namespace hearsay::scenario
