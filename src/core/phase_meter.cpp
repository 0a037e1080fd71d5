#include "core/phase_meter.hpp"

#include <algorithm>

namespace hearsay::core {
namespace {

bool named(const scenario::Scenario& scenario, const std::string& phase) {
  return std::any_of(scenario.expectations.begin(), scenario.expectations.end(),
                     [&](const scenario::Expectation& expectation) { return expectation.during == phase; });
}

void count(const Batch& batch, std::uint32_t burst, measure::PhaseMessages& into) {
  for (std::uint32_t slot = 0; slot < batch.fanout(); ++slot) {
    const Fate fate = batch.fate(slot)[burst];
    if (fate == kAbsent) continue;
    const bool held = batch.delay(slot)[burst] > 0 || (batch.marks(slot, burst) & kHeld) != 0;
    into.sent += 1;
    into.duplicated += batch.copy() != 0 ? 1 : 0;
    into.dropped += fate != kGoesOn ? 1 : 0;
    into.delayed += fate == kGoesOn && held ? 1 : 0;
  }
}

}  // namespace

std::vector<scenario::Phase> phases_asked(const scenario::Scenario& scenario) {
  std::vector<scenario::Phase> phases = scenario::phases(scenario);
  std::erase_if(phases, [&](const scenario::Phase& phase) { return !named(scenario, phase.name); });
  return phases;
}

PhaseMeter::PhaseMeter(const std::vector<scenario::Phase>& phases) {
  for (const scenario::Phase& phase : phases) {
    windows_.push_back(phase.window);
    counts_.push_back({.name = phase.name});
  }
}

void PhaseMeter::sent(const Batch& batch) {
  for (std::size_t phase = 0; phase < windows_.size(); ++phase)
    for (std::uint32_t burst = 0; burst < batch.bursts(); ++burst)
      if (windows_[phase].open(batch.at()[burst])) count(batch, burst, counts_[phase]);
}

}  // namespace hearsay::core
