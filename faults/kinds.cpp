#include "faults/kinds.hpp"

#include "base/random_duration.hpp"
#include "scenario/units.hpp"

namespace hearsay::faults {
namespace {

// Delays are counted in 32 bits of microseconds, which hold 71 minutes.
constexpr Duration kMostDelay = kHour;

// No world could keep up with node faults that come faster.
constexpr Duration kLeastEvery = kMillisecond;

/// What adds up for a message at most: the longest latency, then every delay.
std::vector<DurationModel> longest_of(const scenario::Scenario& scenario) {
  DurationModel longest = scenario.network.latency.value_or(DurationModel{});
  for (const scenario::LatencyGroup& group : scenario.network.groups)
    if (RandomDuration(group.latency).most() > RandomDuration(longest).most()) longest = group.latency;
  std::vector<DurationModel> all = {longest};
  for (const scenario::Fault& fault : scenario.faults)
    if (fault.kind == "delay") all.push_back(fault.get<DurationModel>("delay"));
  return all;
}

void check_delays(const scenario::Scenario& scenario, std::vector<Problem>& problems) {
  Duration most = 0;
  bool bounded = true;
  for (const DurationModel& model : longest_of(scenario)) {
    most += RandomDuration(model).most();
    bounded = bounded && model.high != kNever;
  }
  if (most <= kMostDelay) return;
  Location last = {.file = scenario.file};
  for (const scenario::Fault& fault : scenario.faults)
    if (fault.kind == "delay") last = fault.where;
  problems.push_back({last, "latency and delays add up to " + scenario::format_duration(most) +
                                "; at most 1h is allowed" + (bounded ? "" : "; a \"max\" would bound them")});
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
