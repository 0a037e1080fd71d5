#pragma once

// The subcommands of hearsay, one file each.

#include <CLI/CLI.hpp>

namespace hearsay::tools {

/// What the program ends with. Of several results the rank is interrupted, bug, cannot_run, failed,
/// inconclusive, pass.
enum ExitCode : int {
  kPass = 0,
  kFailed = 1,
  kInconclusive = 2,
  kBadUsage = 64,
  kCannotRun = 69,
  kBug = 70,
  kInterrupted = 130,
};

/// Each adds its subcommand to `app`; when the user calls it, it does its work and leaves its exit code.
void add_run(CLI::App& app, int& exit_code);
void add_up(CLI::App& app, int& exit_code);
void add_list(CLI::App& app, int& exit_code);
void add_init(CLI::App& app, int& exit_code);

}  // namespace hearsay::tools
