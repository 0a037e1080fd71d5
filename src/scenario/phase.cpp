#include "scenario/phase.hpp"

#include <algorithm>

namespace hearsay::scenario {
namespace {

/// A fault that acts at instants has a window without end, and undoes what it did after a time.
Window window_of(const Fault& fault) {
  Window window = fault.window;
  if (window.length != kNever || !fault.has("restart_after")) return window;
  const auto* after = std::get_if<Duration>(&fault.parameters.find("restart_after")->second);
  if (after != nullptr) window.length = *after;
  return window;
}

}  // namespace

std::vector<Phase> phases(const Scenario& scenario) {
  std::vector<Phase> all;
  const Run& run = scenario.run;
  if (run.warmup > 0) all.push_back({std::string(kWarmup), {.at = 0, .length = run.warmup}});
  if (run.settle > 0 && scenario.publish.versions != kEndless)
    all.push_back({std::string(kSettle), {.at = settles_from(scenario)}});
  for (const Fault& fault : scenario.faults) all.push_back({fault.name, window_of(fault)});
  return all;
}

}  // namespace hearsay::scenario
