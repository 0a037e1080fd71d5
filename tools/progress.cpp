#include "tools/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include "tools/interrupt.hpp"
#include "tools/print.hpp"

namespace hearsay::tools {
namespace {

double seconds(Tick at) { return static_cast<double>(at) / kSecond; }

}  // namespace

Progress::Progress(bool show, std::optional<Duration> limit, std::uint32_t runs)
    : show_(show && isatty(STDERR_FILENO) == 1), runs_(runs) {
  if (limit) until_ = Clock::now() + std::chrono::microseconds(*limit);
}

Progress::~Progress() {
  if (shown_) tell(kEraseLine);
}

void Progress::progress(const core::Progress& progress) {
  show(fmt::format("{:.1f} s of at most {:.1f} s, {} versions published, {} committed, {} messages",
                   seconds(progress.now), seconds(progress.end), progress.published, progress.committed,
                   progress.sent));
}

void Progress::done(std::uint32_t runs) {
  done_ = runs;
  if (runs_ > 1) show("");
}

// Short runs end too fast for a terminal to follow.
void Progress::show(const std::string& details) {
  if (!show_ || (shown_ && Clock::now() < *shown_ + kShowEvery)) return;
  shown_ = Clock::now();
  const std::string runs = runs_ > 1 ? fmt::format("{} of {} runs done  ", done_, runs_) : "";
  tell(kEraseLine + runs + details);
}

bool Progress::interrupted() { return tools::interrupted() || (until_ && Clock::now() >= *until_); }

}  // namespace hearsay::tools
