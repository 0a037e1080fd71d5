// The command line from start to end, as its users have it.

#include <fmt/format.h>
#include <sys/resource.h>

#include <filesystem>
#include <stdexcept>

#include "tools/bench/process.hpp"
#include "tools/bench/sim/contestant.hpp"

namespace hearsay::bench::sim {
namespace {

/// Of the same build as this program.
std::string path_of_hearsay() {
  const std::filesystem::path folder = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  return (folder.parent_path() / "hearsay").string();
}

std::string command_of(const Work& work) {
  std::string command =
      fmt::format("exec {} run {} --json - --jobs 1 --repeat {}", path_of_hearsay(), work.path(), work.seeds);
  for (const std::string& setting : work.settings()) command += " --set " + setting;
  return command + " 2>/dev/null";
}

std::uint64_t messages_of(const std::string& result) {
  constexpr std::string_view kSent = "\"sent\":";
  const std::size_t at = result.find(kSent);
  if (at == std::string::npos) throw std::runtime_error("hearsay gave no result");
  return std::stoull(result.substr(at + kSent.size()));
}

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

}  // namespace

Sample run_program(const Work& work) {
  const std::string result = run_command(command_of(work));
  rusage used{};
  getrusage(RUSAGE_CHILDREN, &used);
  constexpr double kKilobyte = 1024;
  return {messages_of(result), seconds(used.ru_utime) + seconds(used.ru_stime),
          kKilobyte * static_cast<double>(used.ru_maxrss)};
}

}  // namespace hearsay::bench::sim
