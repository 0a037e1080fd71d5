#pragma once

// How the reader's errors speak: quoting what a user wrote, and guessing what was meant.

#include <string>
#include <string_view>
#include <vector>

#include "base/errors.hpp"

namespace hearsay::scenario {

/// Whether a byte of UTF-8 is the first of its character.
bool starts_character(char letter);

/// `text` with control characters escaped as TOML does (\n, \u001b).
std::string escaped(std::string_view text);

/// The same, cut after 64 characters (the most that a fault's name has) with "…".
std::string shortened(std::string_view text);

/// The same within quotes, those of `text` escaped.
std::string quote(std::string_view text);

/// "wipe", "keep" or "lose": quoted, joined by commas and a last `conjunction`.
std::string listed(const std::vector<std::string_view>& words, std::string_view conjunction);

/// The candidate that `word` most likely meant: the first of the nearest, at most two edits (a swap of
/// neighbours is one) or a third of the length away; empty if none is.
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates);

/// `; did you mean "drop"?`, or, if nothing is near, `; known are "delay", "drop" and "kill"`.
std::string suggestion(std::string_view word, const std::vector<std::string_view>& candidates);

/// Throws an InputError of one problem.
[[noreturn]] void fail(Location where, std::string what);

}  // namespace hearsay::scenario
