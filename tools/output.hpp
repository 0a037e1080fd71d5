#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

#include "report/report.hpp"

namespace hearsay::tools {

/// Where a command's results go: `--json FILE`, `--csv FILE`, … one option a format, `-` for stdout. Text for
/// people goes to stdout, or to stderr when a format goes there.
class Outputs {
 public:
  /// Adds an option for every format.
  void add_to(CLI::App& command);

  /// Makes sure, before anything starts, that every file can be written; throws InputError. Existing files
  /// keep what is in them until `write`; none may be one of `inputs`, nor serve two formats.
  void check(const std::vector<std::string>& inputs) const;

  /// Prints a text for people.
  void say(const std::string& text) const;

  /// Writes the results in all the formats asked for. Throws CannotRun when a file cannot be written after
  /// all.
  void write(const std::vector<report::Result>& results) const;

  /// How texts for people are shown where they go.
  report::TextStyle style() const;

 private:
  bool to_stdout() const;

  std::vector<std::string> files_;  // by format; empty: not asked for
};

}  // namespace hearsay::tools
