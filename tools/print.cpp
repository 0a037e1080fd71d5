#include "tools/print.hpp"

#include <cerrno>
#include <cstdio>
#include <string>
#include <system_error>

#include "tools/exit_code.hpp"

namespace hearsay::tools {
namespace {

int first_error = 0;  // errno

void note_error(bool failed) {
  if (failed && first_error == 0) first_error = errno;
}

}  // namespace

void print(std::string_view text) {
  note_error(std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0);
}

bool lost_output() { return first_error != 0; }

void tell(std::string_view text) {
  static_cast<void>(std::fwrite(text.data(), 1, text.size(), stderr));
  std::fflush(stderr);
}

int exit_code_of_output(int exit_code) {
  note_error(std::fflush(stdout) != 0);
  if (!lost_output()) return exit_code;
  if (first_error != EPIPE)
    tell("cannot write to standard output: " + std::generic_category().message(first_error) + "\n");
  return worse(exit_code, kCannotRun);
}

}  // namespace hearsay::tools
