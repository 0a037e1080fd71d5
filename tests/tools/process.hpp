#pragma once

// The hearsay program, run as its users run it, and folders for what they would write.

#include <sys/types.h>

#include <csignal>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/socket.hpp"

namespace hearsay::tools {

/// A folder of its own, gone with all that is in it when its owner dies.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string path(std::string_view name) const;

  /// Writes a file; returns its path.
  std::string write(std::string_view name, std::string_view text) const;

 private:
  std::string path_;
};

std::string text_of(const std::string& path);

/// The lines of a text, without their ends.
std::vector<std::string> lines_of(const std::string& text);

struct Surroundings {
  std::vector<std::string> environment = {};  ///< NAME=VALUE, on top of what the tests themselves run in
  std::string folder = {};                    ///< where it runs; empty: where the tests do
  std::uint64_t most_files = 0;               ///< how many files it may open; 0: as many as the tests
  std::uint64_t most_bytes = 0;               ///< how large a file it may write; 0: as the tests
  bool narrow = false;                        ///< its stdout is a pipe of only one page
  bool terminal = false;                      ///< its stdout and stderr are a terminal
  std::string out = {};                       ///< the file that its stdout is; empty: none
};

/// What a program left behind.
struct Ended {
  int exit_code = -1;  ///< -signal when a signal ended it
  std::string out;
  std::string err;
};

/// A running hearsay. All waits end in an exception after a time that only a hang takes.
class Process {
 public:
  explicit Process(const std::vector<std::string>& arguments, const Surroundings& surroundings = {});

  /// Kills it if it still runs.
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  void signal(int number) const { kill(pid_, number); }

  /// Whether it has ended; `wait` is still to be called.
  bool has_ended() const;

  /// Reads its stdout and stderr until one of them holds `text`.
  void wait_for(std::string_view text);

  /// Waits, reading nothing, until as much waits in its stdout as that takes.
  void wait_until_stdout_is_full() const;

  /// Stops reading its stdout for good.
  void hang_up() { stdout_ = testing::Descriptor(-1); }

  /// Reads all that it still writes, and waits for its end.
  Ended wait();

  /// The same, but nobody reads its stdout before its end.
  Ended wait_unread();

 private:
  bool read_more(bool stdout_too = true);

  testing::Descriptor stdout_;
  testing::Descriptor stderr_;
  pid_t pid_ = -1;
  std::string out_;
  std::string err_;
};

/// Runs hearsay to its end.
Ended hearsay(const std::vector<std::string>& arguments, const Surroundings& surroundings = {});

/// Whether a run that gave its JSON on stdout passed, or would have on a machine that was not too late.
bool passed(const Ended& ended);

/// A scenario that takes a moment and passes; `more` is TOML that comes after it.
std::string quick(std::string_view more = "");

/// One that takes longer than any test.
std::string endless();

}  // namespace hearsay::tools
