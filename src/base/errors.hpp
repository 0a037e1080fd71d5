#pragma once

// What a user can cause. Each kind of error has its exit code; the text says what, where and what is allowed.

#include <stdexcept>
#include <string>
#include <vector>

namespace hearsay {

/// Where in a file the user wrote it. Line and column count from 1; line 0: the file as a whole.
struct Location {
  std::string file;
  unsigned line = 0;
  unsigned column = 0;

  friend auto operator<=>(const Location&, const Location&) = default;
};

/// "lossy.toml:12:1", or "lossy.toml" for a file as a whole.
std::string to_string(const Location& where);

/// One thing that is wrong with what the user wrote.
struct Problem {
  Location where;
  std::string what;          ///< with what is allowed, as people read it
  std::string allowed = {};  ///< that part alone, where it is known, for programs
};

/// Bad usage or a bad scenario: exit code 64. Nothing has started. what() is one line a problem, sorted by
/// place: `lossy.toml:12:1: unknown key "probabilty" in fault "wifi"; did you mean "probability"?`
class InputError : public std::runtime_error {
 public:
  explicit InputError(std::vector<Problem> problems);
  explicit InputError(std::string what);

  const std::vector<Problem>& problems() const { return problems_; }

 private:
  std::vector<Problem> problems_;
};

/// This machine cannot do it (a port taken, too few descriptors): exit code 69.
class CannotRun : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace hearsay
