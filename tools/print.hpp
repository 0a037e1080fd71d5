#pragma once

#include <string_view>

namespace hearsay::tools {

/// Prints to standard output, at once. What cannot be written is lost, and `lost_output` knows of it.
void print(std::string_view text);

/// Whether something could not be printed.
bool lost_output();

/// Prints to stderr what nobody need see for the results to be right.
void tell(std::string_view text);

/// The exit code of a program that has printed all it had to: `exit_code`, or that of a machine that cannot
/// run it when that ranks higher and something was lost. Tells so, unless the reader just left.
int exit_code_of_output(int exit_code);

}  // namespace hearsay::tools
