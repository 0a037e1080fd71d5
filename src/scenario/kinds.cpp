#include "scenario/kinds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/check.hpp"
#include "scenario/text.hpp"
#include "scenario/units.hpp"

namespace hearsay::scenario {
namespace {

constexpr std::int64_t kNoBound = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t kMostName = 64;

/// A kind whose every error is a mismatch: `parse` gives the value of a node, or nothing.
template <typename T, typename Parse>
Kind<T> kind_of(std::string allowed, Parse parse) {
  return {allowed, [allowed, parse](const Node& node) {
            Reading<T> reading{parse(node), {}};
            if (!reading.value) reading.why = mismatch(allowed, node);
            return reading;
          }};
}

std::optional<double> number_or_share(const Node& node) {
  if (const auto* whole = node.as<std::int64_t>()) return static_cast<double>(*whole);
  if (const auto* number = node.as<double>()) return *number;
  if (const auto* text = node.as<Text>()) return parse_share(text->text);
  return {};
}

bool has_control_characters(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return byte < 0x20 || byte == 0x7F;
  });
}

bool is_fault_name(std::string_view text) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -_";
  return !text.empty() && text.size() <= kMostName &&
         text.find_first_not_of(kLetters) == std::string_view::npos;
}

}  // namespace

std::string mismatch(std::string_view allowed, const Node& node) {
  return fmt::format("must be {}, not {}", allowed, describe(node));
}

Kind<std::int64_t> whole_number(std::int64_t least, std::int64_t most, std::int64_t example) {
  const std::string bounds =
      most == kNoBound ? fmt::format("of at least {}", least) : fmt::format("from {} to {}", least, most);
  return kind_of<std::int64_t>(fmt::format("a whole number {}, such as {}", bounds, example),
                               [least, most](const Node& node) -> std::optional<std::int64_t> {
                                 const auto* value = node.as<std::int64_t>();
                                 if (value == nullptr || *value < least || *value > most) return {};
                                 return *value;
                               });
}

Kind<double> share() {
  return kind_of<double>("a share from 0 to 1, such as \"30%\" or 0.3", [](const Node& node) {
    const std::optional<double> value = number_or_share(node);
    return value && *value >= 0 && *value <= 1 ? value : std::nullopt;
  });
}

Kind<double> confidence() {
  return kind_of<double>("a share between 0 and 1, such as \"95%\" or 0.95", [](const Node& node) {
    const std::optional<double> value = number_or_share(node);
    return value && *value > 0 && *value < 1 ? value : std::nullopt;
  });
}

Kind<std::string> choice(std::vector<std::string_view> words) {
  const std::string allowed = listed(words, "or");
  return {allowed, [allowed, words = std::move(words)](const Node& node) -> Reading<std::string> {
            const auto* text = node.as<Text>();
            if (text == nullptr) return {{}, mismatch(allowed, node)};
            if (std::find(words.begin(), words.end(), text->text) != words.end()) return {text->text, {}};
            const std::string_view meant = nearest(text->text, words);
            return {{}, mismatch(allowed, node) + (meant.empty() ? "" : suggestion(text->text, words))};
          }};
}

Kind<Text> placed_text(std::string_view example) {
  return kind_of<Text>(fmt::format("a text of one line, such as {}", quote(example)),
                       [](const Node& node) -> std::optional<Text> {
                         const auto* text = node.as<Text>();
                         if (text == nullptr || text->text.empty() || has_control_characters(text->text)) {
                           return {};
                         }
                         return *text;
                       });
}

Kind<std::string> plain_text(std::string_view example) {
  Kind<Text> placed = placed_text(example);
  return {placed.allowed, [read = std::move(placed.read)](const Node& node) -> Reading<std::string> {
            Reading<Text> reading = read(node);
            if (!reading.value) return {{}, std::move(reading.why)};
            return {std::move(reading.value->text), {}};
          }};
}

Kind<std::string> fault_name() {
  return kind_of<std::string>("1 to 64 letters, digits, spaces, - and _, such as \"bad wifi\"",
                              [](const Node& node) -> std::optional<std::string> {
                                const auto* text = node.as<Text>();
                                if (text == nullptr || !is_fault_name(text->text)) return {};
                                return text->text;
                              });
}

Kind<Value> value_of(const Parameter& parameter, std::optional<NodeId> nodes) {
  switch (parameter.type) {
    case ParameterType::share:
      return as_value<double>(share());
    case ParameterType::duration:
      return as_value<Duration>(duration(0, "100ms"));
    case ParameterType::duration_range:
      return as_value<DurationModel>(duration_model());
    case ParameterType::count:
      return as_value<std::uint64_t>(whole_number(1, kNoBound, 3));
    case ParameterType::nodes:
      return as_value<Selector>(selector(Selects::nodes, nodes));
    case ParameterType::choice:
      return as_value<std::string>(choice(parameter.choices));
  }
  HEARSAY_CHECK(false, "a parameter of an unknown type");
}

}  // namespace hearsay::scenario
