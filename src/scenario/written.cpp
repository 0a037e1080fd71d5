#include "scenario/written.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "scenario/text.hpp"

namespace hearsay::scenario {
namespace {

std::string text_in_quotes(std::string_view text) {
  std::string quoted;
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') quoted += '\\';
    quoted += letter;
  }
  return '"' + escaped(quoted) + '"';
}

std::string written_key(const std::string& key) {
  constexpr std::string_view kBare = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  const bool bare = !key.empty() && key.find_first_not_of(kBare) == std::string::npos;
  return bare ? key : text_in_quotes(key);
}

/// The shortest decimals that are this number; with a point, or it would be a whole one.
std::string written_real(double value) {
  std::string text = fmt::format("{}", value);
  return text.find_first_of(".en") == std::string::npos ? text + ".0" : text;
}

std::string written(const Node& node);

std::string written(const Member& member) {
  return fmt::format("{} = {}", written_key(member.key), written(member.node));
}

/// On one line, with what is around it and between.
template <typename Parts>
std::string joined(const Parts& parts, std::string_view opening, std::string_view closing) {
  std::string text(opening);
  for (const auto& part : parts) text += (&part == &parts.front() ? "" : ", ") + written(part);
  return text.append(closing);
}

struct Write {
  std::string operator()(std::int64_t value) const { return fmt::to_string(value); }
  std::string operator()(double value) const { return written_real(value); }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(const Text& value) const { return text_in_quotes(value.text); }
  std::string operator()(Date) const { return "1970-01-01"; }
  std::string operator()(const Array& value) const { return joined(value, "[", "]"); }
  std::string operator()(const Table& value) const { return joined(value.members, "{ ", " }"); }
};

std::string written(const Node& node) { return std::visit(Write{}, node.value); }

bool is_tables(const Node& node) {
  const auto* array = node.as<Array>();
  return array != nullptr && !array->empty() &&
         std::all_of(array->begin(), array->end(),
                     [](const Node& each) { return each.as<Table>() != nullptr; });
}

std::string section(const std::string& heading, const Table& table) {
  std::string text = "\n" + heading + "\n";
  for (const Member& member : table.members) text += written(member) + "\n";
  return text;
}

}  // namespace

std::string to_toml(const Table& tree) {
  std::string values;
  std::string sections;
  for (const Member& member : tree.members) {
    if (const auto* table = member.node.as<Table>()) {
      sections += section(fmt::format("[{}]", written_key(member.key)), *table);
    } else if (is_tables(member.node)) {
      for (const Node& each : *member.node.as<Array>())
        sections += section(fmt::format("[[{}]]", written_key(member.key)), *each.as<Table>());
    } else {
      values += written(member) + "\n";
    }
  }
  return values + sections;
}

}  // namespace hearsay::scenario
