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
std::vector<Longest> longest_of(const scenario::Scenario& scenario) {
  Longest longest = Longest::of(scenario.network.latency.value_or(DurationModel{}));
  for (const scenario::LatencyGroup& group : scenario.network.groups)
    if (const Longest other = Longest::of(group.latency); other.duration > longest.duration) longest = other;
  std::vector<Longest> all = {longest};
  for (const scenario::Fault& fault : scenario.faults)
    if (const auto longest_delay = kind_of(fault).longest_delay) all.push_back(longest_delay(fault));
  return all;
}

Location place_of(std::string_view key, const scenario::Fault& fault) {
  const scenario::Member* member = fault.written.find(key);
  return member == nullptr ? fault.where : member->node.where;
}

Location place_of_delay(const scenario::Fault& fault) {
  for (const std::string_view key : kind_of(fault).delay_keys)
    if (fault.written.find(key) != nullptr) return place_of(key, fault);
  return fault.where;
}

void check_delays(const scenario::Scenario& scenario, std::vector<Problem>& problems) {
  Duration most = 0;
  bool bounded = true;
  for (const Longest& longest : longest_of(scenario)) {
    most += longest.duration;
    bounded = bounded && longest.bounded;
  }
  if (most <= kMostDelay) return;
  Location last = scenario.network.where;
  for (const scenario::Fault& fault : scenario.faults)
    if (kind_of(fault).longest_delay != nullptr) last = place_of_delay(fault);
  problems.push_back({last,
                      "latency and delays add up to " + scenario::format_duration(most) +
                          "; at most 1h is allowed" + (bounded ? "" : "; a \"max\" would bound them"),
                      "at most 1h"});
}

/// Whether one of its sides is drawn for each opening.
bool draws_sides(const scenario::Fault& fault) {
  for (const auto& [name, value] : fault.parameters)
    if (const auto* all = std::get_if<std::vector<scenario::Sides>>(&value))
      for (const scenario::Sides& sides : *all)
        if (sides.a.drawn_anew() || sides.b.drawn_anew()) return true;
  return false;
}

bool acts_or_draws(const scenario::Fault& fault) {
  return kind_of(fault).on_nodes != nullptr || fault.from.drawn_anew() || fault.to.drawn_anew() ||
         draws_sides(fault);
}

void check_every(const scenario::Scenario& scenario, std::vector<Problem>& problems) {
  for (const scenario::Fault& fault : scenario.faults)
    if (fault.window.every != 0 && fault.window.every < kLeastEvery && acts_or_draws(fault))
      problems.push_back({place_of("every", fault),
                          "\"every\" in fault \"" + fault.name + "\" must be at least 1ms, not " +
                              scenario::format_duration(fault.window.every),
                          "at least 1ms"});
}

}  // namespace

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> table = {
      burst(), churn(),   corrupt(), delay(), drop(), duplicate(), kill(),     partition(),
      pause(), reorder(), reset(),   skew(),  slow(), stale(),     throttle(),
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
