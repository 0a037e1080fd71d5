#include "tools/vary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

#include "scenario/text.hpp"

namespace hearsay::tools {
namespace {

constexpr std::size_t kMostRows = 10'000;
constexpr std::string_view kForm =
    "write KEY=VALUE,VALUE,… or KEY=FROM..TO:STEP, as gossip.fanout=2,3,4 or "
    "'fault.bad wifi.probability=0..70%:10%'";
constexpr std::string_view kRangeForm =
    "a range is FROM..TO:STEP, of numbers with one unit, FROM at most TO and STEP above 0, as 0..70%:10%";

/// A number as it was written: `digits` in units of 10^-places, and a unit.
struct Written {
  std::int64_t digits = 0;
  int places = 0;
  std::string_view unit;
};

std::optional<Written> read_number(std::string_view text) {
  constexpr std::size_t kMostDigits = 12;
  Written number;
  bool point = false;
  std::size_t count = 0;
  while (!text.empty()) {
    const char letter = text.front();
    if (letter == '.' && !point && count > 0) {
      point = true;
    } else if (letter >= '0' && letter <= '9') {
      number.digits = number.digits * 10 + (letter - '0');
      number.places += point ? 1 : 0;
      if (++count > kMostDigits) return {};
    } else {
      break;
    }
    text.remove_prefix(1);
  }
  number.unit = text;
  const bool unit_like = text.find_first_of("0123456789.,:=\"[]{} ") == std::string_view::npos;
  return count > 0 && unit_like ? std::optional(number) : std::nullopt;
}

std::int64_t scaled(const Written& number, int places) {
  std::int64_t digits = number.digits;
  for (int i = number.places; i < places; ++i) digits *= 10;
  return digits;
}

std::string in_decimal(std::int64_t digits, int places) {
  std::string text = fmt::format("{:0{}}", digits, places + 1);
  if (places == 0) return text;
  text.insert(text.size() - static_cast<std::size_t>(places), ".");
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

struct Range {
  Written from;
  Written to;
  std::optional<Written> step;
};

/// FROM..TO, perhaps with a :STEP; nothing: it is no range.
std::optional<Range> read_range(std::string_view text) {
  const std::size_t dots = text.find("..");
  const std::size_t colon = std::min(text.rfind(':'), text.size());
  if (dots == std::string_view::npos || colon < dots) return {};
  const auto from = read_number(text.substr(0, dots));
  const auto to = read_number(text.substr(dots + 2, colon - dots - 2));
  if (!from || !to) return {};
  if (colon == text.size()) return Range{*from, *to, {}};
  const auto step = read_number(text.substr(colon + 1));
  return step ? std::optional(Range{*from, *to, step}) : std::nullopt;
}

Written thousandth(const Range& range) {
  const int places = std::max(range.from.places, range.to.places);
  return {scaled(range.to, places) - scaled(range.from, places), places + 3, {}};
}

bool whole(const Range& range) {
  return range.from.places == 0 && range.to.places == 0 && range.from.unit.empty() && range.to.unit.empty();
}

/// From one whole number to another: 1, or as much as makes a thousand steps.
Written whole_step(const Range& range) {
  constexpr std::int64_t kMostSteps = 1'000;
  return {(range.to.digits - range.from.digits + kMostSteps - 1) / kMostSteps, 0, {}};
}

/// The unit that all parts have which have one; nothing: they differ.
std::optional<std::string_view> common_unit(const Range& range, const Written& step) {
  std::string_view unit;
  for (const Written* part : {&range.from, &range.to, &step}) {
    if (part->unit.empty() || part->unit == unit) continue;
    if (!unit.empty()) return {};
    unit = part->unit;
  }
  return unit;
}

std::vector<std::string> values_of(const Range& range, const Written& by, const Location& where) {
  const auto unit = common_unit(range, by);
  const int places = std::max({range.from.places, range.to.places, by.places});
  const std::int64_t to = scaled(range.to, places);
  const std::int64_t step = scaled(by, places);
  const std::int64_t from = scaled(range.from, places);
  if (!unit || step == 0 || from > to) scenario::fail(where, std::string(kRangeForm));
  if (static_cast<std::size_t>((to - from) / step) >= kMostRows)
    scenario::fail(where, fmt::format("a range has at most {} values", kMostRows));
  std::vector<std::string> values;
  for (std::int64_t value = from; value <= to; value += step)
    values.push_back(in_decimal(value, places) + std::string(*unit));
  return values;
}

/// Of a range without a step.
Axis places_of(const std::string& key, const Range& range, const Location& where, const Taken& taken) {
  Axis axis{key, values_of(range, thousandth(range), where)};
  if (whole(range) && !taken({key, axis.values[1]})) axis.values = values_of(range, whole_step(range), where);
  return axis;
}

/// At the commas outside of brackets and quotes.
std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts(1);
  int depth = 0;
  char quote = 0;
  for (const char letter : text) {
    if (quote != 0) {
      if (letter == quote) quote = 0;
    } else if (letter == '"' || letter == '\'') {
      quote = letter;
    } else if (letter == '[' || letter == '{') {
      ++depth;
    } else if (letter == ']' || letter == '}') {
      --depth;
    } else if (letter == ',' && depth == 0) {
      parts.emplace_back();
      continue;
    }
    parts.back() += letter;
  }
  return parts;
}

}  // namespace

std::vector<std::string> parse_values(const std::string& text, const std::string& what) {
  const Location where{what};
  std::vector<std::string> values = split(text);
  if (values.size() == 1 && text.find("..") != std::string::npos && text.front() != '"') {
    const std::optional<Range> range = read_range(text);
    if (!range || !range->step) scenario::fail(where, std::string(kRangeForm));
    return values_of(*range, *range->step, where);
  }
  if (std::find(values.begin(), values.end(), "") != values.end())
    scenario::fail(where, "a value is missing between commas, or at an end");
  return values;
}

Axis parse_axis(const std::string& text, const std::string& option) {
  const std::string what = option + " " + scenario::shortened(text);
  const std::size_t equals = text.find('=');
  if (equals == 0 || equals == std::string::npos) scenario::fail({what}, std::string(kForm));
  return {text.substr(0, equals), parse_values(text.substr(equals + 1), what)};
}

Axis parse_places(const std::string& text, const Taken& taken) {
  const std::string what = "--vary " + scenario::shortened(text);
  const std::size_t equals = text.find('=');
  const auto range =
      equals == std::string::npos ? std::nullopt : read_range(std::string_view(text).substr(equals + 1));
  Axis axis =
      range && !range->step ? places_of(text.substr(0, equals), *range, {what}, taken) : parse_axis(text);
  if (axis.values.size() < 2)
    scenario::fail(
        {what},
        "a search needs two values at least, as fault.loss.probability=0..70% or gossip.fanout=1..10");
  return axis;
}

std::vector<std::vector<report::Setting>> grid(const std::vector<Axis>& axes) {
  std::vector<std::vector<report::Setting>> rows(1);
  for (const Axis& axis : axes) {
    for (const report::Setting& other : rows.front())
      if (other.key == axis.key)
        throw InputError(fmt::format("{} is varied twice", scenario::quote(axis.key)));
    if (rows.size() * axis.values.size() > kMostRows)
      throw InputError(fmt::format("these values make more than {} rows", kMostRows));
    std::vector<std::vector<report::Setting>> longer;
    for (const auto& row : rows) {
      for (const std::string& value : axis.values) {
        longer.push_back(row);
        longer.back().push_back({axis.key, value});
      }
    }
    rows = std::move(longer);
  }
  return rows;
}

}  // namespace hearsay::tools
