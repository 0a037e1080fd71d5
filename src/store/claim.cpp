#include "store/claim.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <sstream>
#include <string_view>
#include <system_error>

#include "base/errors.hpp"

namespace hearsay::store {
namespace {

// The bytes that SQLite locks: of the file itself, and of its "-shm" for the one who writes.
constexpr off_t kPendingByte = 0x40000000;
constexpr off_t kReservedByte = kPendingByte + 1;
constexpr off_t kLastLockByte = kPendingByte + 511;
constexpr off_t kWritersByte = 120;

std::string why() { return std::generic_category().message(errno); }

std::string name_of(pid_t process) {
  if (process == 0) return "another process";
  std::ifstream file(fmt::format("/proc/{}/comm", process));
  std::string name;
  std::getline(file, name);
  return name.empty() ? fmt::format("process {}", process) : fmt::format("process {} ({})", process, name);
}

/// Which other process has a lock of this kind on any of these bytes of a file, by the system's list of
/// locks, "1: POSIX  ADVISORY  WRITE 1234 08:01:5678 0 EOF"; 0: nobody, as far as can be told.
pid_t locked_by(const struct stat& file, std::string_view kind, off_t first, off_t last) {
  const std::string inode = fmt::format(":{}", file.st_ino);
  const std::string exact = fmt::format("{:02x}:{:02x}", major(file.st_dev), minor(file.st_dev)) + inode;
  pid_t likely = 0;  // where stat has another name for the device than the list, as that of Btrfs
  std::ifstream locks("/proc/locks");
  for (std::string line; std::getline(locks, line);) {
    std::istringstream words(line);
    std::string word;
    std::string its_kind;
    std::string place;
    pid_t process = 0;
    off_t begin = 0;
    off_t end = 0;
    if (!(words >> word >> its_kind >> word >> word >> process >> place >> begin) || its_kind != kind ||
        process <= 0 || process == getpid() || begin > last)
      continue;
    if (words >> end && end < first) continue;
    if (place == exact) return process;
    if (place.ends_with(inode)) likely = process;
  }
  return likely;
}

[[noreturn]] void refuse(const std::string& path, int descriptor, const std::string& reason) {
  if (descriptor >= 0) close(descriptor);
  throw InputError(path + ": " + reason);
}

}  // namespace

// Without opening the file: with the first descriptor of it that is closed, all record locks of this process
// go.
std::string holder_of(const std::string& path) {
  const auto holder = [](const std::string& file, off_t first, off_t last) {
    struct stat status = {};
    return stat(file.c_str(), &status) == 0 ? locked_by(status, "POSIX", first, last) : 0;
  };
  if (const pid_t writer = holder(path + "-shm", kWritersByte, kWritersByte)) return name_of(writer);
  if (const pid_t writer = holder(path, kPendingByte, kReservedByte)) return name_of(writer);
  return name_of(holder(path, kPendingByte, kLastLockByte));
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
                              name_of(locked_by(status, "FLOCK", 0, 0))));
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
