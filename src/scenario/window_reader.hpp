#pragma once

// When a fault is open: the keys at, for, until and every of a [[fault]].

#include <optional>

#include "scenario/fields.hpp"
#include "scenario/scenario.hpp"

namespace hearsay::scenario {

/// What a window is checked against, and what holds where its keys are not written.
struct Course {
  Tick opens = 0;        ///< the end of the warmup
  Tick closes = kNever;  ///< the beginning of the settle phase; kNever: windows last to the end
  std::optional<Tick> last_deadline = {};  ///< nothing: there is none, or it is unknown
};

/// The course of a run of `scenario`.
Course course_of(const Scenario& scenario);

/// The window that `fields` describe; `lasting`: that of a kind that takes `for` and `until`.
Window read_window(Fields& fields, bool lasting, const Course& course);

}  // namespace hearsay::scenario
