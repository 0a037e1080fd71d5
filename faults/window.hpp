#pragma once

#include <optional>

#include "base/time.hpp"
#include "scenario/scenario.hpp"

namespace hearsay::faults {

/// When a fault is open, from its `at`, `for` and `every`. Opening k (from 0) is [at + k every, … + length).
class Window {
 public:
  explicit Window(const scenario::Window& window) : window_(window) {}

  /// Which opening `at` falls into, if any.
  std::optional<std::uint64_t> opening(Tick at) const;

  /// The first instant after `at` at which it opens or closes; kNever if it never does.
  Tick change_after(Tick at) const;

  /// The first instant after `at` at which it opens; kNever: it does not any more.
  Tick opening_after(Tick at) const;

  /// The last instant at `at` or before at which it opened or closed; kEver if it never did.
  Tick changed(Tick at) const;

  /// When opening k begins; kNever if there is none.
  Tick begin(std::uint64_t k) const;

  /// When it has been open for `span` in all; kNever: never.
  Tick when(Duration span) const;

  /// The first opening that begins at `at` or later. There may be none: then it never begins.
  std::uint64_t first_from(Tick at) const;

 private:
  scenario::Window window_;
};

}  // namespace hearsay::faults
