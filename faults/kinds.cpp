#include "faults/kinds.hpp"

#include "scenario/units.hpp"

namespace hearsay::faults {
namespace {

// Delays are counted in 32 bits of microseconds, which hold 71 minutes.
constexpr Duration kMostDelay = kHour;

// No world could keep up with node faults that come faster.
constexpr Duration kLeastEvery = kMillisecond;

void check_delays(const scenario::Scenario& scenario, std::vector<Problem>& problems) {
  Duration most = scenario.network.latency ? scenario.network.latency->high : 0;
  Location last = {.file = scenario.file};
  for (const scenario::Fault& fault : scenario.faults) {
    if (fault.kind != "delay") continue;
    most += fault.get<scenario::DurationRange>("delay").high;
    last = fault.where;
  }
  if (most > kMostDelay)
    problems.push_back({last, "latency and delays add up to " + scenario::format_duration(most) +
                                  "; at most 1h is allowed"});
}

void check_every(const scenario::Scenario& scenario, std::vector<Problem>& problems) {
  for (const scenario::Fault& fault : scenario.faults)
    if (fault.kind == "kill" && fault.window.every != 0 && fault.window.every < kLeastEvery)
      problems.push_back({fault.where, "\"every\" in fault \"" + fault.name +
                                           "\" must be at least 1ms, not " +
                                           scenario::format_duration(fault.window.every)});
}

}  // namespace

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> table = {
      delay(),
      drop(),
      kill(),
  };
  return table;
}

std::vector<Problem> problems(const scenario::Scenario& scenario) {
  std::vector<Problem> problems;
  check_delays(scenario, problems);
  check_every(scenario, problems);
  return problems;
}

}  // namespace hearsay::faults
