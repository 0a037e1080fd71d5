#include "scenario/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace hearsay::scenario {
namespace {

struct Unit {
  std::string_view name;
  Duration length;
};

constexpr std::array<Unit, 5> kUnits = {
    {{"h", kHour}, {"m", kMinute}, {"s", kSecond}, {"ms", kMillisecond}, {"us", kMicrosecond}}};

constexpr std::string_view kDigits = "0123456789";

/// "12.50" as its whole and its fraction without trailing zeros; neither has a sign.
struct Decimal {
  std::string_view whole;
  std::string_view fraction;
};

std::optional<Decimal> parse_decimal(std::string_view text) {
  const std::size_t point = text.find('.');
  Decimal decimal{text.substr(0, point), {}};
  if (point != std::string_view::npos) {
    decimal.fraction = text.substr(point + 1);
    if (decimal.fraction.empty()) return {};
  }
  const bool digits = decimal.whole.find_first_not_of(kDigits) == std::string_view::npos &&
                      decimal.fraction.find_first_not_of(kDigits) == std::string_view::npos;
  if (decimal.whole.empty() || !digits) return {};
  decimal.fraction = decimal.fraction.substr(0, decimal.fraction.find_last_not_of('0') + 1);
  return decimal;
}

std::optional<Duration> integer(std::string_view digits) {
  Duration value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size()) return {};
  return value;
}

/// The fraction of a unit, if it is a whole number of microseconds.
std::optional<Duration> fraction_of(Duration unit, std::string_view fraction) {
  constexpr std::size_t kMostDigits = 15;  // more cannot be exact, and would overflow
  if (fraction.empty()) return 0;
  if (fraction.size() > kMostDigits) return {};
  Duration divisor = 1;
  for (std::size_t digit = 0; digit < fraction.size(); ++digit) {
    if (unit % 10 == 0) {
      unit /= 10;
    } else {
      divisor *= 10;
    }
  }
  const std::optional<Duration> numerator = integer(fraction);
  const bool exact = numerator && *numerator * unit % divisor == 0;
  return exact ? std::optional(*numerator * unit / divisor) : std::nullopt;
}

/// Without trailing zeros.
std::string decimal_text(double value, int places) {
  std::string text = fmt::format("{:.{}f}", value, places);
  if (places > 0) text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

/// "1.5" for 1500 of 1000.
std::string quotient_text(Duration span, Duration unit) {
  std::string text = fmt::to_string(span / unit);
  Duration rest = span % unit;
  if (rest != 0) text += '.';
  for (; rest != 0; rest = rest * 10 % unit) text += static_cast<char>('0' + rest * 10 / unit);
  return text;
}

}  // namespace

std::optional<Duration> parse_duration(std::string_view text) {
  const std::size_t end = std::min(text.find_first_not_of("0123456789."), text.size());
  const auto unit = std::find_if(kUnits.begin(), kUnits.end(),
                                 [&](const Unit& candidate) { return candidate.name == text.substr(end); });
  const std::optional<Decimal> number = parse_decimal(text.substr(0, end));
  if (unit == kUnits.end() || !number) return {};
  const std::optional<Duration> whole = integer(number->whole);
  const std::optional<Duration> rest = fraction_of(unit->length, number->fraction);
  if (!whole || !rest || *whole > kLongest / unit->length) return {};
  const Duration span = *whole * unit->length + *rest;
  return span <= kLongest ? std::optional(span) : std::nullopt;
}

std::optional<double> parse_share(std::string_view text) {
  const bool percent = !text.empty() && text.back() == '%';
  if (percent) text.remove_suffix(1);
  if (!parse_decimal(text)) return {};
  // Shifting the text, not dividing the number, makes "0.1%" the very double that 0.001 is.
  const std::string digits = std::string(text) + (percent ? "e-2" : "");
  double share = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), share);
  if (error != std::errc{} || share > 1) return {};
  return share;
}

std::optional<double> parse_rate(std::string_view text) {
  constexpr double kSeconds[] = {1, 60, 3600};
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos || text.size() != slash + 2 || !parse_decimal(text.substr(0, slash)))
    return {};
  const std::size_t unit = std::string_view("smh").find(text.back());
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + slash, number);
  if (unit == std::string_view::npos || error != std::errc{}) return {};
  return number / kSeconds[unit];
}

std::string format_duration(Duration span) {
  for (const Unit& unit : kUnits) {
    const bool whole_only = unit.length >= kMinute;
    if (span >= unit.length && (!whole_only || span % unit.length == 0)) {
      return quotient_text(span, unit.length) + std::string(unit.name);
    }
  }
  return "0s";
}

std::string format_share(double share) {
  constexpr int kSignificant = 6;
  const double percent = share * 100;
  const int magnitude = percent > 0 ? static_cast<int>(std::floor(std::log10(percent))) : 0;
  return decimal_text(percent, std::max(0, kSignificant - 1 - magnitude)) + "%";
}

}  // namespace hearsay::scenario
