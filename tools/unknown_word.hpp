#pragma once

#include <CLI/CLI.hpp>

#include <optional>
#include <string>

namespace hearsay::tools {

/// Of a command line that `app` refused: what is wrong with its first word that is no command or option, and
/// which it may have meant. Nothing: it has no such word.
std::optional<std::string> unknown_word(const CLI::App& app);

}  // namespace hearsay::tools
