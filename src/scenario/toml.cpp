#include "scenario/toml.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <utility>

#include "scenario/scan.hpp"
#include "scenario/text.hpp"

namespace hearsay::scenario {
namespace {

/// From toml++'s tree, which loses places when copied, to ours. scan() has bounded the depth.
class Converter {
 public:
  Converter(const std::string& file, LongTexts long_texts)
      : file_(file), long_texts_(std::move(long_texts)) {}

  Table convert(const toml::table& from) const {
    Table table;
    table.members.reserve(from.size());
    for (const auto& [key, node] : from) {  // toml++ iterates in key order
      table.members.push_back({std::string(key.str()), place(key.source()), convert(node)});
    }
    return table;
  }

 private:
  Node convert(const toml::node& from) const {
    Node node{place(from.source()), Date{}};
    switch (from.type()) {
      case toml::node_type::integer:
        node.value = from.as_integer()->get();
        break;
      case toml::node_type::floating_point:
        node.value = from.as_floating_point()->get();
        break;
      case toml::node_type::boolean:
        node.value = from.as_boolean()->get();
        break;
      case toml::node_type::string:
        node.value = Text{from.as_string()->get(), first(from.source())};
        break;
      case toml::node_type::array:
        node.value = convert(*from.as_array());
        break;
      case toml::node_type::table:
        node.value = convert(*from.as_table());
        break;
      default:
        break;
    }
    return node;
  }

  Array convert(const toml::array& from) const {
    Array array;
    array.reserve(from.size());
    for (const toml::node& node : from) array.push_back(convert(node));
    return array;
  }

  Location place(const toml::source_region& source) const {
    return {file_, source.begin.line, source.begin.column};
  }

  Location first(const toml::source_region& quotes) const {
    const Position opening{quotes.begin.line, quotes.begin.column};
    const auto found = long_texts_.find(opening);
    if (found != long_texts_.end()) return {file_, found->second.line, found->second.column};
    return {file_, opening.line, opening.column + 1};
  }

  const std::string& file_;
  LongTexts long_texts_;
};

/// "Error while parsing string: encountered end-of-file" becomes "not valid TOML (string): encountered …".
std::string explain(std::string_view description) {
  constexpr std::string_view kPrefix = "Error while parsing ";
  const std::size_t colon = description.find(": ");
  if (description.substr(0, kPrefix.size()) != kPrefix || colon == std::string_view::npos) {
    return fmt::format("not valid TOML: {}", description);
  }
  const std::string_view what = description.substr(kPrefix.size(), colon - kPrefix.size());
  return fmt::format("not valid TOML ({}): {}", what, description.substr(colon + 2));
}

void place_all(Node& node, const Location& where) {
  node.where = where;
  if (auto* text = std::get_if<Text>(&node.value)) text->first = where;
  if (auto* array = std::get_if<Array>(&node.value)) {
    for (Node& element : *array) place_all(element, where);
  }
  if (auto* table = std::get_if<Table>(&node.value)) {
    for (Member& member : table->members) {
      member.where = where;
      place_all(member.node, where);
    }
  }
}

/// The value of `text`, if it is one value and nothing else.
std::optional<Node> single_value(const std::string& text) {
  try {
    Table table = parse_toml("value = " + text, "");
    if (table.members.size() != 1) return {};
    return std::move(table.members.front().node);
  } catch (const InputError&) {
    return {};
  }
}

}  // namespace

Table parse_toml(std::string_view text, const std::string& file) {
  LongTexts long_texts = scan(text, file);
  try {
    return Converter(file, std::move(long_texts)).convert(toml::parse(text));
  } catch (const toml::parse_error& error) {
    const toml::source_position at = error.source().begin;
    fail({file, at.line, at.column}, explain(error.description()));
  }
}

std::optional<Node> parse_value(std::string_view text, const Location& where) {
  std::optional<Node> node = single_value(std::string(text));
  const bool fits_quotes = text.find("'''") == std::string_view::npos;
  if (!node && fits_quotes) node = single_value(fmt::format("'''\n{}'''", text));
  if (node) place_all(*node, where);
  return node;
}

}  // namespace hearsay::scenario
