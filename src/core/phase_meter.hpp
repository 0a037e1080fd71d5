#pragma once

#include <cstdint>
#include <vector>

#include "base/batch.hpp"
#include "measure/outcome.hpp"
#include "scenario/phase.hpp"
#include "scenario/scenario.hpp"

namespace hearsay::core {

/// Those phases of a scenario that its expectations name.
std::vector<scenario::Phase> phases_asked(const scenario::Scenario& scenario);

/// Counts the messages that are sent while phases are open.
class PhaseMeter {
 public:
  explicit PhaseMeter(const std::vector<scenario::Phase>& phases);

  /// All messages of a batch leave, as far as faults have judged them and nothing else: what is late is late
  /// by them.
  void sent(const Batch& batch);

  const std::vector<measure::PhaseMessages>& counts() const { return counts_; }

 private:
  std::vector<scenario::Window> windows_;
  std::vector<measure::PhaseMessages> counts_;  // of each
};

}  // namespace hearsay::core
