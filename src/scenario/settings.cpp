#include "scenario/settings.hpp"

#include <fmt/format.h>

#include <optional>
#include <string_view>
#include <utility>

#include "scenario/text.hpp"
#include "scenario/toml.hpp"

namespace hearsay::scenario {
namespace {

constexpr std::string_view kForm =
    "a setting is KEY=VALUE, where KEY is such as seed, gossip.fanout or fault.NAME.probability";

/// Thrown for a setting that has no place, with the reason.
struct Misplaced {
  std::string why;
};

std::vector<std::string_view> split(std::string_view path) {
  std::vector<std::string_view> parts;
  for (std::size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.')) {
    parts.push_back(path.substr(0, dot));
    path.remove_prefix(dot + 1);
  }
  parts.push_back(path);
  return parts;
}

/// The table called `key`, made if there is none.
Table& section(Table& tree, std::string_view key, const Location& where) {
  if (tree.find(key) == nullptr) tree.put({std::string(key), where, {where, Table{}}});
  Table* table = std::get_if<Table>(&tree.find(key)->node.value);
  if (table == nullptr) throw Misplaced{fmt::format("{} is not a table; {}", quote(key), kForm)};
  return *table;
}

std::string_view name_of(const Node& fault) {
  const Table* table = fault.as<Table>();
  const Text* name = table != nullptr ? table->find_text("name") : nullptr;
  return name != nullptr ? std::string_view(name->text) : std::string_view();
}

Table& fault_named(Table& tree, std::string_view name) {
  Member* faults = tree.find("fault");
  Array* array = faults != nullptr ? std::get_if<Array>(&faults->node.value) : nullptr;
  if (array == nullptr || array->empty()) {
    throw Misplaced{fmt::format("no fault is called {}: the scenario has none", quote(name))};
  }
  std::vector<std::string_view> names;
  for (Node& fault : *array) {
    names.push_back(name_of(fault));
    if (names.back() == name && !name.empty()) return std::get<Table>(fault.value);
  }
  throw Misplaced{fmt::format("no fault is called {}; there are {}", quote(name), listed(names, "and"))};
}

Table& place_of(Table& tree, const std::vector<std::string_view>& path, const Location& where) {
  if (path.size() == 1) return tree;
  if (path.size() == 3 && path[0] == "fault") return fault_named(tree, path[1]);
  if (path.size() == 2 && path[0] != "fault") return section(tree, path[0], where);
  throw Misplaced{std::string(kForm)};
}

}  // namespace

void apply(const std::string& setting, Table& tree, std::vector<Problem>& problems) {
  const Location where{"--set " + shortened(setting)};
  try {
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos) throw Misplaced{std::string(kForm)};
    const std::vector<std::string_view> path = split(std::string_view(setting).substr(0, equals));
    std::optional<Node> value = parse_value(std::string_view(setting).substr(equals + 1), where);
    if (!value) throw Misplaced{"the value is neither TOML nor plain text"};
    if (path.front() == "extends") throw Misplaced{"\"extends\" cannot be set"};
    place_of(tree, path, where).put({std::string(path.back()), where, *std::move(value)});
  } catch (const Misplaced& misplaced) {
    problems.push_back({where, misplaced.why});
  }
}

}  // namespace hearsay::scenario
