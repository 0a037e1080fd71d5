#pragma once

// JSON that must have a form, and errors that say where it has not.

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace hearsay::baseline {

/// Parses a text called `file` in errors. Throws InputError, with line and column for what is no JSON; also
/// where an object has a key twice, or values are nested deeper than any baseline's.
nlohmann::json parse_json(std::string_view text, const std::string& file);

/// An object whose keys are taken one by one. All throw InputError that names the place.
class Object {
 public:
  /// `place`: what errors begin with.
  Object(const nlohmann::json& value, std::string place);

  const std::string& place() const { return place_; }
  std::size_t size() const { return value_.size(); }

  std::string text(std::string_view key) const;
  std::uint64_t number(std::string_view key, std::uint64_t least, std::uint64_t most) const;
  Object object(std::string_view key) const;

  /// The keys that are there, and no others, must be among `known`.
  void allow(std::initializer_list<std::string_view> known) const;

  /// Calls `visit(key, value's place, value)` for each key.
  template <typename Visit>
  void each(const Visit& visit) const {
    for (const auto& [key, value] : value_.items()) visit(key, place_of(key), value);
  }

  /// Throws at the value of `key`.
  [[noreturn]] void refuse(std::string_view key, const std::string& why) const;

 private:
  const nlohmann::json& at(std::string_view key) const;
  std::string place_of(std::string_view key) const;

  const nlohmann::json& value_;
  std::string place_;
};

}  // namespace hearsay::baseline
