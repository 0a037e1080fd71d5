#pragma once

// What all benchmarks that start their runs as processes of their own have in common.

#include <string>
#include <vector>

namespace hearsay::bench {

/// Starts this program again with `arguments`, waits for its end, and returns what it wrote to stdout.
/// Throws std::runtime_error when it fails.
std::string run_self(const std::string& arguments);

/// The same for a command of the shell.
std::string run_command(const std::string& command);

/// Binds this process, and what it starts, to one core.
void stay_on_one_core();

/// The peak of resident memory of this program alone, in bytes.
double peak_bytes();

/// Of at least one value; of an even number the upper one.
double median(std::vector<double> values);

}  // namespace hearsay::bench
