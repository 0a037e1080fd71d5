#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <system_error>

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

/// A new file beside another, which takes its place once all is in it, and is gone otherwise.
class Replacement {
 public:
  /// A symbolic link stays one: what it leads to is replaced.
  explicit Replacement(const std::string& path) {
    std::error_code error;
    target_ = fs::weakly_canonical(path, error);
    if (error) target_ = path;
    name_ = (target_.parent_path() / fmt::format(".{}.XXXXXX", target_.filename().string())).string();
    descriptor_ = mkostemp(name_.data(), O_CLOEXEC);
    if (descriptor_ < 0) error_ = why();
  }
  ~Replacement() {
    if (descriptor_ < 0) return;
    close(descriptor_);
    if (!taken_) unlink(name_.c_str());
  }
  Replacement(const Replacement&) = delete;
  Replacement& operator=(const Replacement&) = delete;

  /// Why it could not be made; empty if it was.
  const std::string& error() const { return error_; }

  /// False, and errno, if the other one stays.
  bool take(std::string_view text) {
    taken_ = write_all(text) && keep_mode() && fsync(descriptor_) == 0 &&
             std::rename(name_.c_str(), target_.c_str()) == 0;
    return taken_;
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

  /// That of the file that is replaced, or of any new one.
  bool keep_mode() const {
    struct stat old {};
    mode_t mode = 0;
    if (stat(target_.c_str(), &old) == 0) {
      mode = old.st_mode & 0777U;
    } else {
      const mode_t mask = umask(0);
      umask(mask);
      mode = 0666U & ~mask;
    }
    return fchmod(descriptor_, mode) == 0;
  }

  fs::path target_;
  std::string name_;
  std::string error_;
  int descriptor_ = -1;
  bool taken_ = false;
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
