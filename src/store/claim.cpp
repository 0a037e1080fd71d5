#include "store/claim.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <sstream>
#include <system_error>

#include "base/errors.hpp"

namespace hearsay::store {
namespace {

// The bytes that SQLite locks: of the file itself, and of its "-shm" for the one who writes.
constexpr off_t kLockBytes = 0x40000000;
constexpr off_t kManyLockBytes = 512;
constexpr off_t kWritersByte = 120;

std::string why() { return std::generic_category().message(errno); }

std::string name_of(pid_t process) {
  std::ifstream file(fmt::format("/proc/{}/comm", process));
  std::string name;
  std::getline(file, name);
  return name.empty() ? fmt::format("process {}", process) : fmt::format("process {} ({})", process, name);
}

/// Who has a lock on any of these bytes; 0: nobody, as far as can be told.
pid_t locked_by(const std::string& path, off_t begin, off_t count) {
  const int descriptor = open(path.c_str(), O_RDWR | O_CLOEXEC);
  struct flock lock = {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  lock.l_start = begin;
  lock.l_len = count;
  const bool found =
      descriptor >= 0 && fcntl(descriptor, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK && lock.l_pid > 0;
  if (descriptor >= 0) close(descriptor);
  return found ? lock.l_pid : 0;
}

/// Who has claimed a file, by the system's list of locks, "1: FLOCK ADVISORY WRITE 1234 08:01:5678 0 EOF".
std::string claimed_by(ino_t file) {
  std::ifstream locks("/proc/locks");
  const std::string ending = fmt::format(":{}", file);
  std::string number;
  std::string kind;
  std::string rest;
  for (std::string line; std::getline(locks, line);) {
    std::istringstream words(line);
    pid_t process = 0;
    std::string place;
    if (words >> number >> kind >> rest >> rest >> process >> place && kind == "FLOCK" && process > 0 &&
        place.ends_with(ending))
      return name_of(process);
  }
  return "another process";
}

[[noreturn]] void refuse(const std::string& path, int descriptor, const std::string& reason) {
  if (descriptor >= 0) close(descriptor);
  throw InputError(path + ": " + reason);
}

}  // namespace

std::string holder_of(const std::string& path) {
  constexpr off_t kPendingAndReserved = 2;
  if (const pid_t writer = locked_by(path + "-shm", kWritersByte, 1)) return name_of(writer);
  if (const pid_t writer = locked_by(path, kLockBytes, kPendingAndReserved)) return name_of(writer);
  if (const pid_t user = locked_by(path, kLockBytes, kManyLockBytes)) return name_of(user);
  return "another process";
}

// SQLite gives up all record locks of its process on the file at once, so this is a lock of the other sort.
Claim::Claim(const std::string& path)
    : path_(path),
      descriptor_(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0666)) {
  if (descriptor_ < 0) refuse(path, descriptor_, "cannot be written: " + why());
  struct stat status = {};
  if (fstat(descriptor_, &status) != 0 || !S_ISREG(status.st_mode))
    refuse(path, descriptor_, "is not a regular file, which a store is");
  if (flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
  close(descriptor_);
  throw CannotRun(fmt::format("{} is being filled by {}; wait until that ends, or give another --store", path,
                              claimed_by(status.st_ino)));
}

void Claim::hold() const {
  struct stat ours = {};
  struct stat there = {};
  if (fstat(descriptor_, &ours) == 0 && stat(path_.c_str(), &there) == 0 && ours.st_ino == there.st_ino &&
      ours.st_dev == there.st_dev)
    return;
  throw CannotRun(path_ + " was removed or replaced while it was being filled");
}

Claim::~Claim() { close(descriptor_); }

}  // namespace hearsay::store
