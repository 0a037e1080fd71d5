#pragma once

// What the engines of virtual time make of one scenario, side by side.

#include <functional>
#include <string>

#include "core/observer.hpp"
#include "measure/outcome.hpp"
#include "scenario/scenario.hpp"

namespace hearsay::sim {

using Engine = std::function<measure::Outcome(const scenario::Scenario&, core::Observer&)>;

/// The fast engine with windows of 2^window_bits microseconds.
Engine windowed(unsigned window_bits);

/// What the fast engine makes of a scenario as a user would write it.
measure::Outcome run_text(const std::string& toml);

/// All that a deterministic outcome says, line by line.
std::string told(const measure::Outcome& outcome);

/// Empty if both engines give the same outcome; else the first line and the first event that differ.
std::string difference(const scenario::Scenario& scenario, const Engine& one, const Engine& other);

/// Empty if both engines give the same events, none of them told after time has passed it; else the first one
/// that differs.
std::string difference_of_events(const scenario::Scenario& scenario, const Engine& one, const Engine& other);

}  // namespace hearsay::sim
