#pragma once

// What makes a kind of fault known to the reader.

#include <string>
#include <string_view>
#include <vector>

#include "base/parameter.hpp"
#include "scenario/scenario.hpp"

namespace hearsay::scenario {

/// What is wrong with parameters that are each right alone.
struct Misfit {
  std::string_view key;  ///< the parameter to blame; empty: the fault as a whole
  std::string why;       ///< follows `"behind" in fault "late" ` or `fault "late" `
  std::string allowed;   ///< what would be right
};

/// What the reader must know of a fault kind to accept a [[fault]] of it.
struct FaultKind {
  Declaration declaration;
  bool on_messages;      ///< takes `from` and `to`; a fault on nodes has a parameter `nodes` instead
  bool lasting;          ///< takes `for` and `until`; one that acts at an instant takes only `at` and `every`
  bool on_links = true;  ///< of one on messages; false: it takes no `from` and `to`, but sides
  std::vector<std::string_view> ramps = {};  ///< its parameters, shares and durations, that take a `ramp`

  /// What is wrong with a fault of this kind whose keys are each right; null: nothing can be.
  std::vector<Misfit> (*check)(const Fault& fault) = nullptr;
};

/// For `check`: that just one of `parameters` is there, as a value or ramped.
std::vector<Misfit> exactly_one_of(const Fault& fault, const std::vector<std::string_view>& parameters);

}  // namespace hearsay::scenario
