#pragma once

// Other programs, run to their end.

#include <string>
#include <vector>

namespace hearsay::tools {

/// What a program left behind.
struct ChildEnded {
  int exit_code = 0;  ///< -signal when a signal ended it
  std::string out;    ///< its standard output and error, as they came
  std::vector<std::string> files;
};

/// Runs the program `path` with `arguments`, nothing to read and `files` places to write to, which it finds
/// as child_file(0), child_file(1), …; none of them is a file on disk. It ends with this program, however
/// that ends, and is ended when this one is interrupted. It can write no more than 256 MiB to any of them.
/// Throws CannotRun if it cannot be started. Call it from one thread.
ChildEnded run_child(const std::string& path, const std::vector<std::string>& arguments, int files);

/// The name under which the child finds its file of this number.
std::string child_file(int number);

}  // namespace hearsay::tools
