#include "scenario/kinds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/check.hpp"
#include "scenario/text.hpp"
#include "scenario/units.hpp"

namespace hearsay::scenario {
namespace {

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

/// A number, or a text that `parse` makes one of.
template <typename Parse>
std::optional<double> number_or(const Node& node, Parse parse) {
  if (const auto* whole = node.as<std::int64_t>()) return static_cast<double>(*whole);
  if (const auto* number = node.as<double>()) return *number;
  if (const auto* text = node.as<Text>()) return parse(text->text);
  return {};
}

std::optional<double> no_text(std::string_view) { return {}; }

/// A number from `least` to `most`, or a text that `parse` makes one of.
template <typename Parse>
Kind<double> number_within(std::string allowed, double least, double most, Parse parse) {
  return kind_of<double>(std::move(allowed), [=](const Node& node) {
    const std::optional<double> value = number_or(node, parse);
    return value && *value >= least && *value <= most ? value : std::nullopt;
  });
}

bool has_control_characters(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return byte < 0x20 || byte == 0x7F;
  });
}

}  // namespace

bool is_name(std::string_view text) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -_";
  return !text.empty() && text.size() <= kMostName &&
         text.find_first_not_of(kLetters) == std::string_view::npos;
}

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
  return number_within("a share from 0 to 1, such as \"30%\" or 0.3", 0, 1, parse_share);
}

Kind<double> confidence() {
  return number_within("a share between 0 and 1, such as \"95%\" or 0.95", std::numeric_limits<double>::min(),
                       std::nextafter(1.0, 0.0), parse_share);
}

Kind<double> number() {
  constexpr double kMost = 1e9;
  return number_within("a number from 1 to 1000000000, such as 2.5", 1, kMost, no_text);
}

Kind<double> factor() {
  constexpr double kMost = 100;
  return number_within("a factor from 0.01 to 100, such as 1.5", 1 / kMost, kMost, no_text);
}

Kind<double> rate() {
  constexpr double kMost = 1e9;
  constexpr double kLeast = 0.001 / 3600;
  return number_within(
      "a rate from 0.001/h to 1000000000/s, such as \"2/s\", \"30/m\", \"5/h\" or 2, a number per second",
      kLeast, kMost, parse_rate);
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
                                if (text == nullptr || !is_name(text->text)) return {};
                                return text->text;
                              });
}

Kind<Value> value_of(const Parameter& parameter, const Members& members) {
  switch (parameter.type) {
    case ParameterType::share:
      return as_value<double>(share());
    case ParameterType::duration:
      return as_value<Duration>(duration(0, "100ms"));
    case ParameterType::duration_range:
      return as_value<DurationModel>(duration_model());
    case ParameterType::count:
      return as_value<std::uint64_t>(whole_number(1, kNoBound, 3));
    case ParameterType::number:
      return as_value<double>(number());
    case ParameterType::rate:
      return as_value<double>(rate());
    case ParameterType::factor:
      return as_value<double>(factor());
    case ParameterType::nodes:
      return as_value<Selector>(selector(Selects::nodes, members));
    case ParameterType::sides:
      return as_value<std::vector<Sides>>(sides(Selects::side, members));
    case ParameterType::choice:
      return as_value<std::string>(choice(parameter.choices));
  }
  HEARSAY_CHECK(false, "a parameter of an unknown type");
}

}  // namespace hearsay::scenario
