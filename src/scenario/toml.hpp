#pragma once

// The only door to toml++.

#include <optional>
#include <string>
#include <string_view>

#include "scenario/tree.hpp"

namespace hearsay::scenario {

/// Throws InputError, placed in `file`, for a text that is no TOML; only its first error is known.
Table parse_toml(std::string_view text, const std::string& file);

/// A value as one types it on a command line: TOML (4, "text", [1, 4], { count = 2 }), else `text` itself as
/// text. All of it is placed at `where`. Nothing for what is neither: control characters, invalid UTF-8.
std::optional<Node> parse_value(std::string_view text, const Location& where);

}  // namespace hearsay::scenario
