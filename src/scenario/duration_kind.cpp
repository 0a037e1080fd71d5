#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <utility>

#include "scenario/fields.hpp"
#include "scenario/kinds.hpp"
#include "scenario/text.hpp"
#include "scenario/units.hpp"

namespace hearsay::scenario {
namespace {

using Shape = DurationModel::Shape;

constexpr std::string_view kDurations = "unit us, ms, s, m or h; at most 1000h";
constexpr Duration kMostMean = kHour;

constexpr std::array<std::pair<std::string_view, Shape>, 4> kShapes = {{{"normal", Shape::normal},
                                                                        {"lognormal", Shape::lognormal},
                                                                        {"exponential", Shape::exponential},
                                                                        {"pareto", Shape::pareto}}};

/// A bare number is the likeliest slip, so its error says what it lacks.
bool is_bare_number(const Node& node) {
  if (node.as<std::int64_t>() != nullptr || node.as<double>() != nullptr) return true;
  const auto* text = node.as<Text>();
  return text != nullptr && !text->text.empty() &&
         text->text.find_first_not_of("0123456789.") == std::string::npos;
}

/// A kind that `parse` reads from a text with units of time.
template <typename T, typename Parse>
Kind<T> span_of(std::string allowed, Parse parse) {
  return {
      allowed, [allowed, parse](const Node& node) -> Reading<T> {
        const auto* text = node.as<Text>();
        std::optional<T> span;
        if (text != nullptr) span = parse(text->text);
        if (span) return {span, {}};
        return {{}, mismatch(allowed, node) + (is_bare_number(node) ? "; a bare number has no unit" : "")};
      }};
}

std::optional<DurationModel> parse_uniform(std::string_view text) {
  const std::size_t dots = text.find("..");
  const std::optional<Duration> low = parse_duration(text.substr(0, dots));
  const std::optional<Duration> high =
      dots == std::string_view::npos ? low : parse_duration(text.substr(dots + 2));
  if (!low || !high || *low > *high) return {};
  return DurationModel{.low = *low, .high = *high};
}

Kind<Shape> shape() {
  std::vector<std::string_view> names;
  names.reserve(std::size(kShapes));
  for (const auto& [name, shape] : kShapes) names.push_back(name);
  Kind<std::string> named = choice(std::move(names));
  return {named.allowed, [read = std::move(named.read)](const Node& node) -> Reading<Shape> {
            Reading<std::string> reading = read(node);
            if (!reading.value) return {{}, std::move(reading.why)};
            return {std::find_if(kShapes.begin(), kShapes.end(), [&](const auto& known) {
                      return known.first == *reading.value;
                    })->second};
          }};
}

/// Reads a table { distribution, mean, jitter, min, max }.
class DistributionReader {
 public:
  DistributionReader(const Node& node, const Table& table)
      : fields_(table, node.where, " in a distribution", reading_.inside) {}

  Reading<DurationModel> read() {
    const bool shaped = fields_.require("distribution", shape(), model_.shape);
    fields_.require("mean", duration(1, "20ms"), model_.mean);
    read_jitter(shaped);
    fields_.read("min", duration(0, "1ms"), model_.low);
    fields_.read("max", duration(1, "1s"), model_.high);
    fields_.finish();
    if (right()) check();
    if (right()) reading_.value = model_;
    return std::move(reading_);
  }

 private:
  bool right() const { return reading_.inside.empty() && reading_.why.empty(); }

  void read_jitter(bool shaped) {
    const Kind<Duration> kind = duration(1, "5ms");
    const Member* jitter = fields_.find("jitter");
    if (jitter != nullptr && model_.shape == Shape::exponential)
      fields_.refuse(*jitter, "is not taken by \"exponential\": its jitter is its mean");
    else if (shaped && model_.shape != Shape::exponential)
      fields_.require("jitter", kind, model_.jitter);
    else
      fields_.read("jitter", kind, model_.jitter);
  }

  void check() {
    refuse_above("mean", model_.mean, kMostMean, "");
    refuse_above("jitter", model_.jitter, kMostMean, "");
    refuse_above("min", model_.low, model_.high, "\"max\", ");
    if (!right()) return;
    refuse_above("mean", model_.mean, model_.high, "\"max\", ");
    if (model_.mean < model_.low) refuse("mean", "must be at least \"min\", ", model_.low, model_.mean);
    if (model_.high == kNever && RandomDuration(model_).most() > kHour)
      reading_.why = "can be longer than 1h: it needs a \"max\"";
  }

  void refuse_above(std::string_view key, Duration span, Duration most, std::string_view name) {
    if (span > most) refuse(key, fmt::format("must be at most {}", name), most, span);
  }

  void refuse(std::string_view key, std::string_view must, Duration bound, Duration span) {
    fields_.refuse(*fields_.find(key),
                   fmt::format("{}{}, not {}", must, format_duration(bound), format_duration(span)));
  }

  Reading<DurationModel> reading_;
  DurationModel model_ = {.high = kNever};
  Fields fields_;
};

}  // namespace

Kind<Duration> duration(Duration least, std::string_view example) {
  const std::string_view bound = least > 0 ? " above 0" : "";
  return span_of<Duration>(fmt::format("a duration{}, such as \"{}\" ({})", bound, example, kDurations),
                           [least](std::string_view text) {
                             const std::optional<Duration> span = parse_duration(text);
                             return span && *span >= least ? span : std::nullopt;
                           });
}

Kind<DurationModel> duration_model() {
  Kind<DurationModel> written = span_of<DurationModel>(
      fmt::format("a duration, a range from low to high or a distribution, such as \"10ms\", "
                  "\"10ms..50ms\" or {{ distribution = \"normal\", mean = \"20ms\", jitter = \"5ms\" }} ({})",
                  kDurations),
      parse_uniform);
  return {written.allowed, [read = std::move(written.read)](const Node& node) {
            const Table* table = node.as<Table>();
            return table != nullptr ? DistributionReader(node, *table).read() : read(node);
          }};
}

}  // namespace hearsay::scenario
