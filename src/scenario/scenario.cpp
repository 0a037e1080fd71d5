#include "scenario/scenario.hpp"

namespace hearsay::scenario {

Tick last_deadline(const Scenario& scenario) {
  const Publish& publish = scenario.publish;
  if (publish.versions == kEndless) return kNever;
  return static_cast<Tick>(publish.versions) * publish.interval + publish.deadline;
}

Tick settles_from(const Scenario& scenario) {
  const Publish& publish = scenario.publish;
  return static_cast<Tick>(publish.versions + 1) * publish.interval - scenario.run.settle;
}

}  // namespace hearsay::scenario
