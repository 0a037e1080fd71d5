#pragma once

// What a TOML text says, each key and value with its place. Files that extend each other and settings are
// merged in this form, so that every error still names the very place it is about.

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/errors.hpp"

namespace hearsay::scenario {

struct Node;
struct Member;
struct Text;

using Array = std::vector<Node>;

/// Members sorted by key, each key once.
struct Table {
  std::vector<Member> members;

  const Member* find(std::string_view key) const;
  Member* find(std::string_view key);

  /// The text that `key` holds; null if it is not written or no text.
  const Text* find_text(std::string_view key) const;

  /// Adds `member`, in place of one with the same key.
  void put(Member member);
  void erase(std::string_view key);
};

struct Text {
  std::string text;
  Location first;  ///< of its first character, after the quotes
};

/// A date or a time of day: legal TOML, of no use here.
struct Date {};

struct Node {
  Location where;
  std::variant<std::int64_t, double, bool, Text, Date, Array, Table> value;

  template <typename T>
  const T* as() const {
    return std::get_if<T>(&value);
  }
};

struct Member {
  std::string key;
  Location where;  ///< of the key
  Node node;
};

/// Lays `over` onto `base`: tables are merged key by key, anything else in `over` replaces what `base` has.
void merge(Table& base, Table&& over);

/// A value as an error shows it: `3`, `0.5`, `"x"`, `an array`, `a table`, `a date`.
std::string describe(const Node& node);

}  // namespace hearsay::scenario
