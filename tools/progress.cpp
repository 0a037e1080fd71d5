#include "tools/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

#include "tools/interrupt.hpp"

namespace hearsay::tools {
namespace {

constexpr const char* kEraseLine = "\r\x1b[K";

double seconds(Tick at) { return static_cast<double>(at) / kSecond; }

}  // namespace

RunObserver::RunObserver(bool show, std::optional<Duration> limit)
    : show_(show && isatty(STDERR_FILENO) == 1) {
  if (limit) until_ = std::chrono::steady_clock::now() + std::chrono::microseconds(*limit);
}

RunObserver::~RunObserver() {
  if (shown_) fmt::print(stderr, kEraseLine);
}

void RunObserver::progress(const core::Progress& progress) {
  if (!show_) return;
  shown_ = true;
  fmt::print(stderr, "{}{:.1f} s of at most {:.1f} s, {} versions published, {} committed, {} messages",
             kEraseLine, seconds(progress.now), seconds(progress.end), progress.published, progress.committed,
             progress.sent);
  std::fflush(stderr);
}

bool RunObserver::interrupted() {
  timed_out_ = until_ && std::chrono::steady_clock::now() >= *until_;
  return timed_out_ || tools::interrupted();
}

}  // namespace hearsay::tools
