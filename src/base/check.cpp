#include "base/check.hpp"

#include <fmt/format.h>

namespace hearsay {

std::string bug_report(std::string_view what) {
  return fmt::format("a bug in hearsay, please report it: {}", what);
}

void check_failed(const char* file, int line, const char* condition, const std::string& why) {
  std::string_view name = file;
  name.remove_prefix(name.find_last_of('/') + 1);
  throw Bug(fmt::format("{} ({} at {}:{})", why, condition, name, line));
}

}  // namespace hearsay
