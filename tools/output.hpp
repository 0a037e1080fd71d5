#pragma once

#include <CLI/CLI.hpp>

#include <cstdio>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "report/report.hpp"

namespace hearsay::tools {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

/// What `--trace` writes: one line for `hearsay list formats` and the help.
inline constexpr std::string_view kTraceSummary =
    "every event of every run of one scenario, as JSON lines sorted by time";

/// Where a command's results go: `--json FILE`, `--csv FILE`, … one option a format, and perhaps a trace; `-`
/// for stdout. Text for people goes to stdout, or to stderr when one of them goes there.
class Outputs {
 public:
  /// Adds the option `--FORMAT FILE`.
  void add_to(CLI::App& command, std::string_view format, std::string_view summary);

  /// Adds `--trace FILE`.
  void add_trace_to(CLI::App& command);

  /// Whether any output was asked for.
  bool any() const { return !asked_for().empty(); }

  /// Makes sure, before anything starts, that every file can be written; throws InputError. Existing files
  /// keep what is in them until they are written; none may be one of `inputs`, nor serve twice.
  void check(const std::vector<std::string>& inputs) const;

  /// Prints a text for people.
  void say(const std::string& text) const;

  bool has_trace() const { return !trace_.empty(); }

  /// What the trace is called in errors.
  std::string trace_name() const;

  /// Opens what the trace goes to, and empties it. Throws CannotRun.
  File open_trace() const;

  /// Writes what was asked for: `text` gives that of a format, by the number in which it was added. Returns
  /// kCannotRun when a file cannot be written after all, having told so and written the others.
  int write(const std::function<std::string(std::size_t)>& text) const;

  /// How texts for people are shown where they go.
  report::TextStyle style() const;

 private:
  std::vector<std::string> asked_for() const;
  bool to_stdout() const;

  std::deque<std::string> files_;  // by format; empty: not asked for; the options know where they are
  std::string trace_;              // empty: not asked for
};

}  // namespace hearsay::tools
