#include "tools/sweep_progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>

#include "tools/interrupt.hpp"
#include "tools/print.hpp"
#include "tools/progress.hpp"

namespace hearsay::tools {
namespace {

/// The two largest units that say something.
std::string in_words(double seconds) {
  const auto whole = static_cast<std::int64_t>(std::ceil(seconds));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
  return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

}  // namespace

std::string progress_bar(double share, std::size_t done, std::size_t cells,
                         std::optional<double> seconds_left) {
  constexpr std::size_t kWidth = 24;
  const auto full = static_cast<std::size_t>(share * kWidth);
  return fmt::format("[{:#<{}}{:-<{}}] {:3.0f}%  {} of {} cells{}", "", full, "", kWidth - full,
                     std::floor(100 * share), done, cells,
                     seconds_left ? fmt::format(", {} left", in_words(*seconds_left)) : "");
}

SweepProgress::SweepProgress(bool show, std::size_t cells, std::size_t missing, std::uint32_t repeat)
    : show_(show && isatty(STDERR_FILENO) == 1),
      cells_(cells),
      missing_(missing),
      runs_(static_cast<double>(missing) * repeat) {
  done(0, 0);
}

SweepProgress::~SweepProgress() {
  if (shown_) tell(kEraseLine);
}

void SweepProgress::done(std::uint64_t runs, std::size_t cells) {
  if (!show_ || (shown_ && Clock::now() < *shown_ + kShowEvery)) return;
  shown_ = Clock::now();
  const double of_this = static_cast<double>(runs) / runs_;
  const double spent = std::chrono::duration<double>(*shown_ - begin_).count();
  const std::optional<double> left =
      runs == 0 ? std::nullopt : std::optional(spent / of_this * (1 - of_this));
  const auto before = static_cast<double>(cells_ - missing_);
  const double share = (before + of_this * static_cast<double>(missing_)) / static_cast<double>(cells_);
  tell(kEraseLine + progress_bar(share, cells_ - missing_ + cells, cells_, left));
}

bool SweepProgress::interrupted() { return tools::interrupted(); }

}  // namespace hearsay::tools
