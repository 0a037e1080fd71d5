#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "base/errors.hpp"
#include "baseline/baseline.hpp"
#include "baseline/run_lengths.hpp"
#include "baseline/totals.hpp"
#include "scenario/text.hpp"
#include "scenario/units.hpp"

namespace hearsay::baseline {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using verdict::Sample;

Json totals(const Sample& sample) {
  Json within = Json::object();
  for (const auto& [bound, in_time] : sample.within)
    within[scenario::format_duration(bound)] = total(in_time);
  return {{"committed", total(sample.committed)},
          {"within", within},
          {"sent", total(sample.sent)},
          {"learned", total(sample.learnings)}};
}

Json lines(const Sample& sample) {
  Json within = Json::object();
  for (const auto& [bound, in_time] : sample.within)
    within[scenario::format_duration(bound)] = coded(in_time);
  return {{"committed", coded(sample.committed)},
          {"within", within},
          {"sent", coded(sample.sent)},
          {"learned", coded(sample.learnings)},
          {"totals", totals(sample)}};
}

Json object(const Block& block) {
  return {{"program", block.program},
          {"world", block.world},
          {"commit", block.commit},
          {"nodes", block.nodes},
          {"versions", block.first.versions},
          {"runs", block.first.runs},
          {"seed", block.first.seed},
          {"unit", block.first.unit == measure::Unit::run ? "run" : "version"},
          {"keys", block.keys},
          {"first", lines(block.first)},
          {"fresh", lines(block.fresh)}};
}

std::string why() { return std::generic_category().message(errno); }

/// Where symbolic links lead to, though nothing may be there.
fs::path end_of_links(fs::path path) {
  constexpr int kMostLinks = 40;  // as the kernel has it
  std::error_code error;
  for (int links = 0; links < kMostLinks && fs::is_symlink(path, error); ++links)
    path = path.parent_path() / fs::read_symlink(path, error);
  return path;
}

/// A new file, which takes the place of another once all is in it, and is gone otherwise. Where the file
/// system can it has no name until then, so that nothing is left of it even if this program is killed.
class Replacement {
 public:
  /// A symbolic link stays one: what it leads to is replaced.
  explicit Replacement(const std::string& path) : target_(end_of_links(path)) {
    if (target_.has_parent_path()) folder_ = target_.parent_path();
    if (access(kDescriptors, X_OK) == 0) descriptor_ = open(folder_.c_str(), O_TMPFILE | kHow, kMode);
    if (descriptor_ < 0)
      give_name([this](const char* name) {
        descriptor_ = open(name, O_CREAT | O_EXCL | kHow, kMode);
        return descriptor_ >= 0;
      });
    if (descriptor_ < 0) error_ = why();
  }
  ~Replacement() {
    if (descriptor_ >= 0) close(descriptor_);
    if (!name_.empty()) unlink(name_.c_str());
  }
  Replacement(const Replacement&) = delete;
  Replacement& operator=(const Replacement&) = delete;

  /// Why it could not be made; empty if it was.
  const std::string& error() const { return error_; }

  /// False, and errno, if the other one stays.
  bool take(std::string_view text) {
    const bool taken = write_all(text) && keep_mode() && fsync(descriptor_) == 0 && has_name() &&
                       std::rename(name_.c_str(), target_.c_str()) == 0;
    if (taken) name_.clear();
    return taken;
  }

 private:
  bool write_all(std::string_view text) const {
    while (!text.empty()) {
      const ssize_t written = ::write(descriptor_, text.data(), text.size());
      if (written < 0 && errno != EINTR) return false;
      if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
  }

  /// That of the file that is replaced.
  bool keep_mode() const {
    struct stat old {};
    return stat(target_.c_str(), &old) != 0 || fchmod(descriptor_, old.st_mode & 0777U) == 0;
  }

  bool has_name() {
    if (!name_.empty()) return true;
    const std::string unnamed = fmt::format("{}/{}", kDescriptors, descriptor_);
    return give_name([&](const char* name) {
      return linkat(AT_FDCWD, unnamed.c_str(), AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0;
    });
  }

  /// The first that is free. False, and errno, if `make` does not make it.
  template <typename Make>
  bool give_name(const Make& make) {
    constexpr int kMostTries = 1000;
    for (int i = 0; i < kMostTries; ++i) {
      std::string name = (folder_ / fmt::format(".hearsay.{}.{}", getpid(), i)).string();
      if (make(name.c_str())) {
        name_ = std::move(name);
        return true;
      }
      if (errno != EEXIST) return false;
    }
    return false;
  }

  static constexpr const char* kDescriptors = "/proc/self/fd";
  static constexpr int kHow = O_WRONLY | O_CLOEXEC;
  static constexpr mode_t kMode = 0666;

  fs::path target_;
  fs::path folder_ = ".";
  std::string name_;  // empty: it has none
  std::string error_;
  int descriptor_ = -1;
};

}  // namespace

std::string to_text(const Baseline& baseline) {
  Json scenarios = Json::object();
  for (const auto& [name, block] : baseline) scenarios[name] = object(block);
  const Json all = {{"schema", kSchema}, {"scenarios", scenarios}};
  try {
    return all.dump(1) + '\n';
  } catch (const Json::type_error&) {
    throw InputError("a baseline can hold only names and values that are UTF-8");
  }
}

void check_writable(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() != fs::file_type::not_found) {
    if (error) scenario::fail({path}, "cannot be written: " + error.message());
    if (!fs::is_regular_file(status)) scenario::fail({path}, "must be a regular file");
    if (access(path.c_str(), W_OK) != 0) scenario::fail({path}, "cannot be written: " + why());
  }
  const Replacement trial(path);
  if (!trial.error().empty()) scenario::fail({path}, "cannot be written: " + trial.error());
}

void write(const std::string& path, const Baseline& baseline) {
  const std::string text = to_text(baseline);
  Replacement replacement(path);
  if (!replacement.error().empty() || !replacement.take(text))
    throw CannotRun(
        fmt::format("cannot write {}: {}", path, replacement.error().empty() ? why() : replacement.error()));
}

}  // namespace hearsay::baseline
