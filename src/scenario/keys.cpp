#include "scenario/keys.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "scenario/load.hpp"
#include "scenario/settings.hpp"

namespace hearsay::scenario {
namespace {

using Keys = std::map<std::string, std::string>;

std::string value_text(const Node& node) {
  const auto* array = node.as<Array>();
  const auto* table = node.as<Table>();
  if (array == nullptr && table == nullptr) {
    const auto* text = node.as<Text>();
    return text != nullptr ? text->text : describe(node);
  }
  std::string inside;
  const auto add = [&](const std::string& item) { inside += (inside.empty() ? "" : ", ") + item; };
  if (array != nullptr) {
    for (const Node& item : *array) add(value_text(item));
    return "[" + inside + "]";
  }
  for (const Member& member : table->members) add(member.key + " = " + value_text(member.node));
  return "{" + inside + "}";
}

bool of_tables(const Array& array) {
  return !array.empty() && std::all_of(array.begin(), array.end(),
                                       [](const Node& node) { return node.as<Table>() != nullptr; });
}

void collect(const Table& table, const std::string& prefix, Keys& keys);

void collect(const Node& node, const std::string& key, Keys& keys) {
  if (const auto* table = node.as<Table>(); table != nullptr && !table->members.empty())
    return collect(*table, key + ".", keys);
  const auto* array = node.as<Array>();
  if (array == nullptr || !of_tables(*array)) {
    keys[key] = value_text(node);
    return;
  }
  for (std::size_t i = 0; i < array->size(); ++i) {
    const Table& item = *(*array)[i].as<Table>();
    const Text* name = item.find_text("name");
    collect(item, fmt::format("{}.{}.", key, name != nullptr ? name->text : fmt::to_string(i + 1)), keys);
  }
}

void collect(const Table& table, const std::string& prefix, Keys& keys) {
  for (const Member& member : table.members) collect(member.node, prefix + member.key, keys);
}

}  // namespace

std::map<std::string, std::string> keys_of(const Table& tree) {
  Keys keys;
  collect(tree, "", keys);
  return keys;
}

std::map<std::string, std::string> keys_of(const std::filesystem::path& path,
                                           const std::vector<std::string>& settings) {
  std::vector<Problem> problems;
  Table tree = load(path).tree;
  for (const std::string& setting : settings) apply(setting, tree, problems);
  if (!problems.empty()) throw InputError(std::move(problems));
  return keys_of(tree);
}

}  // namespace hearsay::scenario
