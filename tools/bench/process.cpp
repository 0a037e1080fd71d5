#include "tools/bench/process.hpp"

#include <fmt/format.h>
#include <sched.h>
#include <stdio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <stdexcept>
#include <system_error>

namespace hearsay::bench {

std::string run_self(const std::string& arguments) {
  return run_command(fmt::format("exec /proc/{}/exe {}", getpid(), arguments));
}

std::string run_command(const std::string& command) {
  FILE* child = popen(command.c_str(), "re");
  if (child == nullptr) throw std::system_error(errno, std::generic_category(), "popen");
  std::string written;
  std::array<char, 4096> piece;
  while (const std::size_t size = fread(piece.data(), 1, piece.size(), child))
    written.append(piece.data(), size);
  if (pclose(child) != 0) throw std::runtime_error("failed: " + command);
  return written;
}

void stay_on_one_core() {
  cpu_set_t cores;
  if (sched_getaffinity(0, sizeof cores, &cores) != 0) return;
  int core = CPU_SETSIZE - 1;
  while (core > 0 && !CPU_ISSET(core, &cores)) --core;
  CPU_ZERO(&cores);
  CPU_SET(core, &cores);
  sched_setaffinity(0, sizeof cores, &cores);
}

// getrusage would count the program that started this one too.
double peak_bytes() {
  constexpr double kKilobyte = 1024;
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) * kKilobyte;
  return 0;
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace hearsay::bench
