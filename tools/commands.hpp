#pragma once

// The subcommands of hearsay, one file each.

#include <CLI/CLI.hpp>

#include <string>

#include "tools/exit_code.hpp"

namespace hearsay::tools {

/// Each adds its subcommand to `app`; when the user calls it, it does its work and leaves its exit code.
void add_run(CLI::App& app, int& exit_code);
void add_compare(CLI::App& app, int& exit_code);
void add_check(CLI::App& app, int& exit_code, const std::string& program);  ///< `program`: its version
void add_sweep(CLI::App& app, int& exit_code, const std::string& program);
void add_limit(CLI::App& app, int& exit_code);
void add_report(CLI::App& app, int& exit_code);
void add_up(CLI::App& app, int& exit_code);
void add_list(CLI::App& app, int& exit_code);
void add_init(CLI::App& app, int& exit_code);

}  // namespace hearsay::tools
