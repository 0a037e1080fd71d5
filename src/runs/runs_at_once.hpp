#pragma once

// What whoever runs many runs at once needs, so that what comes of them is what comes of one after the other.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <utility>

#include "core/observer.hpp"
#include "measure/outcome.hpp"

namespace hearsay::runs {

/// So many runs a thread, from the first one that has not ended, are begun at most: those that have ended
/// wait in memory for it.
inline constexpr std::uint32_t kMostAheadAThread = 4;

/// What ends in any order, to be taken in that of its numbers, 0, 1, …
template <typename T>
class InOrder {
 public:
  void add(std::uint32_t number, T&& ended) { waiting_.emplace(number, std::move(ended)); }

  /// The next one; nothing: it has not ended.
  std::optional<T> take() {
    auto next = waiting_.extract(taken_);
    if (next.empty()) return {};
    ++taken_;
    return std::move(next.mapped());
  }

  std::uint32_t taken() const { return taken_; }

 private:
  std::uint32_t taken_ = 0;
  std::map<std::uint32_t, T> waiting_;
};

/// Makes the outcome of the next run a part of `merged`, that of the runs before it, if there are any.
inline void merge_next(std::optional<measure::Outcome>& merged, measure::Outcome&& next) {
  if (merged)
    measure::merge(*merged, std::move(next));
  else
    merged = std::move(next);
}

/// What one of several runs at once sees of who watches over them: whether it is to end.
class Share final : public core::Observer {
 public:
  explicit Share(std::function<bool()> interrupted) : interrupted_(std::move(interrupted)) {}
  bool interrupted() override { return interrupted_(); }

 private:
  std::function<bool()> interrupted_;
};

}  // namespace hearsay::runs
