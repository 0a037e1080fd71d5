#include "faults/sharing.hpp"

#include "faults/layer.hpp"

namespace hearsay::faults {

std::optional<std::string> sharing(const scenario::Scenario& scenario) {
  const Layer layer(scenario.faults, scenario.seed, scenario.cluster.nodes);
  for (const measure::Evidence& evidence : layer.evidence(kNever))
    if (evidence.shared) return evidence.name;
  return {};
}

}  // namespace hearsay::faults
