#include "baseline/json_object.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "base/errors.hpp"
#include "scenario/text.hpp"

namespace hearsay::baseline {
namespace {

using Json = nlohmann::json;

constexpr int kDeepest = 16;

/// The place of the `byte`-th character of a text, counted from 1.
Location location(std::string_view text, const std::string& file, std::size_t byte) {
  const std::string_view before = text.substr(0, std::min(text.size(), byte == 0 ? 0 : byte - 1));
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const std::size_t start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  const auto column = std::count_if(before.begin() + static_cast<std::ptrdiff_t>(start), before.end(),
                                    scenario::starts_character);
  return {file, static_cast<unsigned>(lines + 1), static_cast<unsigned>(column + 1)};
}

/// The library's words, without its own place and number, and with little of the text that it quotes.
std::string reason(const Json::parse_error& error) {
  std::string_view what = error.what();
  const std::size_t colon = what.find(": ");
  if (colon != std::string_view::npos) what.remove_prefix(colon + 2);
  const std::size_t quoted = std::min(what.find('\''), what.size());
  return scenario::escaped(what.substr(0, quoted)) + scenario::shortened(what.substr(quoted));
}

/// Looks at what is parsed as it comes.
class Strictness {
 public:
  explicit Strictness(const std::string& file) : file_(file) {}

  void see(int depth, Json::parse_event_t event, const Json& parsed) {
    if (depth > kDeepest) throw InputError(file_ + ": is no baseline: values are nested too deep");
    if (event == Json::parse_event_t::object_start) keys_.emplace_back();
    if (event == Json::parse_event_t::object_end) keys_.pop_back();
    if (event != Json::parse_event_t::key) return;
    const std::string& key = parsed.get_ref<const std::string&>();
    if (!keys_.back().insert(key).second)
      throw InputError(
          fmt::format("{}: the key {} is there twice in one object", file_, scenario::quote(key)));
  }

 private:
  const std::string& file_;
  std::vector<std::set<std::string>> keys_;
};

/// As errors show it.
std::string described(const Json& value) {
  if (value.is_string()) return scenario::quote(scenario::shortened(value.get_ref<const std::string&>()));
  if (value.is_object()) return "an object";
  if (value.is_array()) return "an array";
  return value.dump();
}

}  // namespace

Json parse_json(std::string_view text, const std::string& file) {
  Strictness strictness(file);
  const auto see = [&](int depth, Json::parse_event_t event, Json& parsed) {
    strictness.see(depth, event, parsed);
    return true;
  };
  try {
    return Json::parse(text, see);
  } catch (const Json::parse_error& error) {
    scenario::fail(location(text, file, error.byte), "is no JSON: " + reason(error));
  } catch (const Json::out_of_range&) {
    scenario::fail({file}, "is no baseline: it holds a number that is too large");
  }
}

Object::Object(const Json& value, std::string place) : value_(value), place_(std::move(place)) {
  if (!value.is_object())
    throw InputError(fmt::format("{}: must be an object, not {}", place_, described(value)));
}

std::string Object::place_of(std::string_view key) const {
  const char* between = place_.find(": ") == std::string::npos ? ": " : ".";
  const bool plain = key.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string_view::npos;
  return place_ + between + (plain ? std::string(key) : scenario::quote(key));
}

void Object::refuse(std::string_view key, const std::string& why) const {
  throw InputError(place_of(key) + ": " + why);
}

const Json& Object::at(std::string_view key) const {
  const auto found = value_.find(std::string(key));
  if (found == value_.end()) refuse(key, "is missing");
  return *found;
}

std::string Object::text(std::string_view key) const {
  const Json& value = at(key);
  if (!value.is_string()) refuse(key, "must be a text, not " + described(value));
  return value.get<std::string>();
}

std::uint64_t Object::number(std::string_view key, std::uint64_t least, std::uint64_t most) const {
  const Json& value = at(key);
  if (value.is_number_unsigned()) {
    const auto number = value.get<std::uint64_t>();
    if (number >= least && number <= most) return number;
  }
  refuse(key, fmt::format("must be a whole number from {} to {}, not {}", least, most, described(value)));
}

Object Object::object(std::string_view key) const { return {at(key), place_of(key)}; }

void Object::allow(std::initializer_list<std::string_view> known) const {
  for (const auto& [key, value] : value_.items())
    if (std::find(known.begin(), known.end(), key) == known.end())
      refuse(key, "is unknown" + scenario::suggestion(key, {known.begin(), known.end()}));
}

}  // namespace hearsay::baseline
