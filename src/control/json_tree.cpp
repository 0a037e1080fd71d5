#include "control/json_tree.hpp"

#include <fmt/format.h>

#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/errors.hpp"
#include "control/replies.hpp"

namespace hearsay::control {
namespace {

using Json = nlohmann::ordered_json;
using scenario::Array;
using scenario::Member;
using scenario::Node;
using scenario::Table;
using scenario::Text;

constexpr int kMostDepth = 16;

/// What stands in the body as a whole, and what is allowed there.
[[noreturn]] void refuse_body(std::string what) { refuse("body", std::move(what), "one JSON object"); }

Location at(const std::string& place) {
  Location where;
  where.file = place;
  return where;
}

std::string below(const std::string& place, std::string_view key) {
  std::string pointer = place + "/";
  for (const char letter : key) {
    if (letter == '~')
      pointer += "~0";
    else if (letter == '/')
      pointer += "~1";
    else
      pointer += letter;
  }
  return pointer;
}

/// Refuses, while a text is parsed, what the parsed value would not show any more.
class Strict {
 public:
  bool operator()(int depth, Json::parse_event_t event, const Json& parsed) {
    using Event = Json::parse_event_t;
    if (depth > kMostDepth) refuse_body(fmt::format("nested deeper than {}", kMostDepth));
    if (event == Event::object_start) keys_.emplace_back();
    if (event == Event::object_end) keys_.pop_back();
    if (event == Event::key && !keys_.back().insert(parsed.get<std::string>()).second)
      refuse_body(fmt::format("key {} is written twice in one object", parsed.dump()));
    return true;
  }

 private:
  std::vector<std::set<std::string>> keys_;  // of the objects that are open
};

Json parse(std::string_view text) {
  try {
    return Json::parse(text, Strict());
  } catch (const Json::parse_error& error) {
    refuse_body(fmt::format("not valid JSON at byte {}", error.byte));
  } catch (const Json::out_of_range&) {
    refuse("body", "holds a number that is too large", "numbers up to 1e308");
  }
}

Node to_node(const Json& value, const std::string& place);

Table to_table(const Json& object, const std::string& place) {
  Table table;
  for (const auto& [key, value] : object.items()) {
    const std::string where = below(place, key);
    table.put({key, at(where), to_node(value, where)});
  }
  return table;
}

Array to_array(const Json& array, const std::string& place) {
  Array nodes;
  for (const Json& value : array) nodes.push_back(to_node(value, below(place, std::to_string(nodes.size()))));
  return nodes;
}

Node to_node(const Json& value, const std::string& place) {
  const Location where = at(place);
  switch (value.type()) {
    case Json::value_t::object:
      return {where, to_table(value, place)};
    case Json::value_t::array:
      return {where, to_array(value, place)};
    case Json::value_t::string:
      return {where, Text{value.get<std::string>(), where}};
    case Json::value_t::boolean:
      return {where, value.get<bool>()};
    case Json::value_t::number_unsigned:
      if (value.get<std::uint64_t>() <= std::numeric_limits<std::int64_t>::max())
        return {where, value.get<std::int64_t>()};
      return {where, value.get<double>()};
    case Json::value_t::number_integer:
      return {where, value.get<std::int64_t>()};
    case Json::value_t::number_float:
      return {where, value.get<double>()};
    default:
      refuse(place, "null is no value", "a value, or the key left out");
  }
}

struct ToJson {
  Json operator()(const Text& text) const { return text.text; }
  Json operator()(scenario::Date) const { return nullptr; }
  Json operator()(const Array& array) const {
    Json all = Json::array();
    for (const Node& node : array) all.push_back(std::visit(*this, node.value));
    return all;
  }
  Json operator()(const Table& table) const { return to_json(table); }
  template <typename Plain>
  Json operator()(Plain plain) const {
    return plain;
  }
};

}  // namespace

Table parse_object(std::string_view text) {
  const Json parsed = parse(text);
  if (!parsed.is_object()) refuse_body(fmt::format("must be a JSON object, not {}", parsed.type_name()));
  return to_table(parsed, "");
}

Json to_json(const Table& table) {
  Json object = Json::object();
  for (const Member& member : table.members) object[member.key] = std::visit(ToJson{}, member.node.value);
  return object;
}

}  // namespace hearsay::control
