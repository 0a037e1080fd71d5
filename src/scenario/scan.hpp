#pragma once

// A look at a TOML text before it is parsed, for what the parser neither bounds nor tells.

#include <map>
#include <string>
#include <string_view>
#include <tuple>

#include "base/errors.hpp"

namespace hearsay::scenario {

/// Line and column from 1; columns count characters, not bytes.
struct Position {
  unsigned line = 1;
  unsigned column = 1;

  friend bool operator<(const Position& a, const Position& b) {
    return std::tie(a.line, a.column) < std::tie(b.line, b.column);
  }
};

/// Where the text of each """…""" and '''…''' begins, by the place of its opening quotes.
using LongTexts = std::map<Position, Position>;

/// Throws InputError where `text` nests brackets deeper than 16 or joins more than 8 keys by dots: trees of
/// such a text are too deep to walk, or even to destroy, by recursion.
LongTexts scan(std::string_view text, const std::string& file);

}  // namespace hearsay::scenario
