#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "scenario/text.hpp"
#include "scenario/units.hpp"
#include "verdict/facts.hpp"
#include "verdict/verdict.hpp"

namespace hearsay::verdict {
namespace {

using scenario::quote;

constexpr std::string_view kSpace = " \t\r\n";

using Words = std::vector<std::string_view>;

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

/// A place in the text of an expectation, moving from left to right.
class Cursor {
 public:
  Cursor(std::string_view text, const Location& where) : text_(text), where_(where) {}

  void skip_space() { at_ = std::min(text_.find_first_not_of(kSpace, at_), text_.size()); }

  /// Everything up to the first of `stops`, without the space around it; the cursor stays at its start.
  std::string_view until(std::string_view stops) {
    skip_space();
    return trimmed(text_.substr(at_, text_.find_first_of(stops, at_) - at_));
  }

  void advance(std::size_t characters) { at_ += characters; }

  bool take(std::string_view token) {
    skip_space();
    if (text_.substr(at_, token.size()) != token) return false;
    advance(token.size());
    return true;
  }

  /// `what` is wrong, here.
  [[noreturn]] void fail(const std::string& what) const {
    Location here = where_;
    for (const char letter : text_.substr(0, at_))
      here.column += scenario::starts_character(letter) ? 1U : 0U;
    scenario::fail(here, what);
  }

  /// `allowed` should follow what was read so far.
  [[noreturn]] void expected(std::string_view allowed) {
    const std::string_view before = trimmed(text_.substr(0, at_));
    skip_space();
    fail(fmt::format("expected {}{}", allowed, before.empty() ? "" : " after " + quote(before)));
  }

 private:
  std::string_view text_;
  Location where_;
  std::size_t at_ = 0;
};

struct MetricName {
  std::string_view name;
  Metric metric;
};

constexpr std::array<MetricName, 7> kMetrics = {{{"commit_rate", Metric::commit_rate},
                                                 {"commit_latency", Metric::commit_latency},
                                                 {"lost", Metric::lost},
                                                 {"coverage", Metric::coverage},
                                                 {"messages", Metric::messages},
                                                 {"fault", Metric::fault},
                                                 {"recovery", Metric::recovery}}};

template <typename Named>
Words names(const Named& table) {
  Words words;
  for (const auto& entry : table) words.push_back(entry.name);
  return words;
}

/// The word that names one of `table`; `kind` is what it names, as errors call it.
template <typename Named>
const auto& choice(Cursor& cursor, const Named& table, std::string_view kind) {
  const std::string_view word = cursor.until(". \t\r\n(<>=");
  if (word.empty()) cursor.expected(fmt::format("a {}: {}", kind, scenario::listed(names(table), "or")));
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const auto& entry) { return entry.name == word; });
  if (found == table.end()) {
    cursor.fail(fmt::format("unknown {} {}{}", kind, quote(word), scenario::suggestion(word, names(table))));
  }
  cursor.advance(word.size());
  return *found;
}

/// 0.99 for "p99". Nothing for what is no quantile.
std::optional<double> parse_quantile(std::string_view word) {
  if (word.empty() || word.front() != 'p') return {};
  const std::optional<double> share = scenario::parse_share(std::string(word.substr(1)) + '%');
  return share && *share > 0 && *share < 1 ? share : std::nullopt;
}

void read_latency_field(Cursor& cursor, Condition& condition) {
  const std::string_view word = cursor.until(" \t\r\n(<>=");
  const std::optional<double> quantile = parse_quantile(word);
  if (!quantile && word != "min" && word != "max") {
    cursor.expected("min, max or a quantile from p50 to p99.9 (above p0, below p100)");
  }
  condition.quantile = quantile.value_or(0);
  condition.field = word;
  cursor.advance(word.size());
}

void read_fault(Cursor& cursor, Condition& condition, const std::vector<std::string>& faults) {
  const std::string_view name = cursor.until(".<>=");
  if (std::find(faults.begin(), faults.end(), name) == faults.end()) {
    cursor.fail(fmt::format("there is no fault {}{}", quote(name),
                            scenario::suggestion(name, Words(faults.begin(), faults.end()))));
  }
  condition.fault = name;
  cursor.advance(name.size());
  if (!cursor.take(".")) cursor.expected(".hit or .eligible");
  condition.field = choice(cursor, fault_fields(), "field").name;
}

void read_within(Cursor& cursor, Condition& condition) {
  if (!cursor.take("within")) cursor.expected("within");
  if (!cursor.take("=")) cursor.expected("=");
  const bool in_quotes = cursor.take("\"");
  const std::string_view word = cursor.until("\")");
  condition.within = scenario::parse_duration(word);
  if (!condition.within) cursor.expected("a duration such as 5s (units us, ms, s, m, h)");
  cursor.advance(word.size());
  if (in_quotes && !cursor.take("\"")) cursor.expected("a closing quote");
  if (!cursor.take(")")) cursor.expected("a closing parenthesis");
}

void read_metric(Cursor& cursor, Condition& condition, const std::vector<std::string>& faults) {
  condition.metric = choice(cursor, kMetrics, "metric").metric;
  const bool has_fields = condition.metric == Metric::commit_latency ||
                          condition.metric == Metric::messages || condition.metric == Metric::fault;
  if (has_fields && !cursor.take(".")) cursor.expected("a dot and a field");
  if (condition.metric == Metric::commit_latency) read_latency_field(cursor, condition);
  if (condition.metric == Metric::messages) {
    condition.field = choice(cursor, message_fields(), "field").name;
  }
  if (condition.metric == Metric::fault) read_fault(cursor, condition, faults);
  if (condition.metric == Metric::commit_rate && cursor.take("(")) read_within(cursor, condition);
}

struct Sign {
  std::string_view text;
  Comparison comparison;
  bool of_rates;
};

// The longer ones first, since ">=" starts with ">".
constexpr std::array<Sign, 5> kSigns = {{{">=", Comparison::at_least, true},
                                         {"<=", Comparison::at_most, true},
                                         {"==", Comparison::equal, false},
                                         {">", Comparison::above, false},
                                         {"<", Comparison::below, false}}};

Comparison read_comparison(Cursor& cursor, bool of_rate) {
  for (const Sign& sign : kSigns) {
    if ((sign.of_rates || !of_rate) && cursor.take(sign.text)) return sign.comparison;
  }
  cursor.expected(of_rate ? "a comparison that a rate can be judged by (>= or <=)"
                          : "a comparison (>=, <=, >, <, ==)");
}

std::optional<double> parse_number(std::string_view text) {
  double value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  const bool plain = text.find_first_not_of("0123456789.") == std::string_view::npos;
  if (!plain || error != std::errc{} || end != text.data() + text.size()) return {};
  return value;
}

std::optional<double> parse_count(std::string_view text) {
  return text.find('.') == std::string_view::npos ? parse_number(text) : std::nullopt;
}

std::optional<double> parse_microseconds(std::string_view text) {
  const std::optional<Duration> span = scenario::parse_duration(text);
  return span ? std::optional(static_cast<double>(*span)) : std::nullopt;
}

/// What a bound is, and how errors speak of it.
struct BoundKind {
  std::optional<double> (*parse)(std::string_view text);
  std::string_view allowed;
};

BoundKind bound_kind(const Condition& condition) {
  const auto is_ratio = [&](const MessageField& field) {
    return condition.metric == Metric::messages && field.name == condition.field && !field.whole;
  };
  if (condition.metric == Metric::commit_rate || condition.metric == Metric::coverage) {
    return {scenario::parse_share, "a share such as 99% or 0.99"};
  }
  if (condition.is_time()) {
    return {parse_microseconds, "a duration such as 8s (units us, ms, s, m, h)"};
  }
  if (std::any_of(message_fields().begin(), message_fields().end(), is_ratio)) {
    return {parse_number, "a number such as 14.5"};
  }
  return {parse_count, "a whole number such as 10"};
}

double read_bound(Cursor& cursor, const Condition& condition) {
  const BoundKind kind = bound_kind(condition);
  const std::optional<double> bound = kind.parse(cursor.until(""));
  if (!bound) cursor.expected(kind.allowed);
  return *bound;
}

}  // namespace

Condition parse_condition(std::string_view text, const Location& where,
                          const std::vector<std::string>& faults) {
  Cursor cursor(text, where);
  Condition condition;
  read_metric(cursor, condition, faults);
  condition.comparison = read_comparison(cursor, condition.is_rate());
  condition.bound = read_bound(cursor, condition);
  return condition;
}

}  // namespace hearsay::verdict
