#pragma once

// Whose a file is while it is written.

#include <string>

namespace hearsay::store {

/// Who holds a lock that is in the way, as "process 1234 (sqlite3)"; "another process" where nobody can tell.
/// `path` is that of an SQLite file that is busy.
std::string holder_of(const std::string& path);

/// A claim on a file for as long as this object lives: no other claim on it can be made meanwhile, by any
/// process. It dies with the process, however that ends. It keeps nobody from reading and writing who makes
/// none.
///
/// It must outlive every other use of the file in this process: the system drops all record locks, which
/// SQLite has, of a process on a file with the first descriptor of it that is closed.
class Claim {
 public:
  /// Makes the file, should there be none. Throws InputError for what is no file or cannot be written, and
  /// CannotRun, naming who has it, for one that is claimed.
  explicit Claim(const std::string& path);
  ~Claim();
  Claim(const Claim&) = delete;
  Claim& operator=(const Claim&) = delete;

  /// Throws CannotRun if the file is not at its path any more: what is written to it would be lost.
  void hold() const;

 private:
  std::string path_;
  int descriptor_;
};

}  // namespace hearsay::store
