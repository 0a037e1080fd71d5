#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "runs/cells.hpp"

namespace hearsay::tools {

/// "[#######-------]  37%  740 of 2000 cells, 12 s left": so much of `cells` is done, and what is `left`
/// takes so long if it goes on as it went.
std::string progress_bar(double share, std::size_t done, std::size_t cells,
                         std::optional<double> seconds_left);

/// Watches a sweep for the command line: a bar on a terminal, and ^C.
class SweepProgress final : public runs::CellWatch {
 public:
  /// `show`: whether there is to be a bar, should stderr be a terminal. `missing` of all `cells` are to be
  /// measured, in `repeat` runs each.
  SweepProgress(bool show, std::size_t cells, std::size_t missing, std::uint32_t repeat);
  ~SweepProgress() override;

  bool interrupted() override;
  void done(std::uint64_t runs, std::size_t cells) override;

 private:
  using Clock = std::chrono::steady_clock;

  bool show_;
  std::size_t cells_;
  std::size_t missing_;
  double runs_;  // to do
  Clock::time_point begin_ = Clock::now();
  std::optional<Clock::time_point> shown_ = {};  // last
};

}  // namespace hearsay::tools
