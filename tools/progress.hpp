#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "base/time.hpp"
#include "runs/runs.hpp"

namespace hearsay::tools {

/// What begins a line that is shown in place of the one before.
inline constexpr const char* kEraseLine = "\r\x1b[K";

/// Often enough for people.
inline constexpr auto kShowEvery = std::chrono::milliseconds(50);

/// Watches the runs of a scenario for the command line: a progress line on a terminal, ^C and a time limit.
class Progress final : public runs::Watch {
 public:
  /// `show`: whether there is to be a progress line, should stderr be a terminal. `limit`: how long all runs
  /// together may take. `runs`: how many there are.
  Progress(bool show, std::optional<Duration> limit, std::uint32_t runs);
  ~Progress() override;

  void progress(const core::Progress& progress) override;
  bool interrupted() override;
  void done(std::uint32_t runs) override;

 private:
  using Clock = std::chrono::steady_clock;

  void show(const std::string& details);

  bool show_;
  std::uint32_t runs_;
  std::uint32_t done_ = 0;
  std::optional<Clock::time_point> shown_;  // last
  std::optional<Clock::time_point> until_;
};

}  // namespace hearsay::tools
