#pragma once

#include <chrono>
#include <optional>

#include "base/time.hpp"
#include "core/observer.hpp"

namespace hearsay::tools {

/// Watches a run for the command line: a progress line on a terminal, ^C and a time limit.
class RunObserver final : public core::Observer {
 public:
  /// `show`: whether there is to be a progress line, should stderr be a terminal. `limit`: how long a run may
  /// take.
  RunObserver(bool show, std::optional<Duration> limit);
  ~RunObserver() override;

  void progress(const core::Progress& progress) override;
  bool interrupted() override;

  bool timed_out() const { return timed_out_; }

 private:
  bool show_;
  bool shown_ = false;
  std::optional<std::chrono::steady_clock::time_point> until_;
  bool timed_out_ = false;
};

}  // namespace hearsay::tools
