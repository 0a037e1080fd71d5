#include "faults/kinds.hpp"

#include "base/check.hpp"
#include "base/random_duration.hpp"
#include "scenario/units.hpp"

namespace hearsay::faults {
namespace {

// Delays are counted in 32 bits of microseconds, which hold 71 minutes.
constexpr Duration kMostDelay = kHour;

// No world could keep up with nodes that go down, or are drawn anew, more often.
constexpr Duration kLeastEvery = kMillisecond;

/// What adds up for a message at most: the longest latency, then every delay.
std::vector<DurationModel> longest_of(const scenario::Scenario& scenario) {
  DurationModel longest = scenario.network.latency.value_or(DurationModel{});
  for (const scenario::LatencyGroup& group : scenario.network.groups)
    if (RandomDuration(group.latency).most() > RandomDuration(longest).most()) longest = group.latency;
  std::vector<DurationModel> all = {longest};
  for (const scenario::Fault& fault : scenario.faults)
    if (const auto delay = kind_of(fault).delay) all.push_back(delay(fault));
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
    if (kind_of(fault).delay != nullptr) last = fault.where;
  problems.push_back({last, "latency and delays add up to " + scenario::format_duration(most) +
                                "; at most 1h is allowed" + (bounded ? "" : "; a \"max\" would bound them")});
}

bool acts_or_draws(const scenario::Fault& fault) {
  return kind_of(fault).on_nodes != nullptr || fault.from.drawn_anew() || fault.to.drawn_anew();
}

void check_every(const scenario::Scenario& scenario, std::vector<Problem>& problems) {
  for (const scenario::Fault& fault : scenario.faults)
    if (fault.window.every != 0 && fault.window.every < kLeastEvery && acts_or_draws(fault))
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
      pause(),
  };
  return table;
}

const Kind& kind_of(const scenario::Fault& rule) {
  for (const Kind& kind : kinds())
    if (kind.known.declaration.name == rule.kind) return kind;
  HEARSAY_CHECK(false, "no such kind of fault: " + rule.kind);
}

std::vector<Problem> problems(const scenario::Scenario& scenario) {
  std::vector<Problem> problems;
  check_delays(scenario, problems);
  check_every(scenario, problems);
  return problems;
}

}  // namespace hearsay::faults
