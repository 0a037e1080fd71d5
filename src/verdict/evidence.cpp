#include "verdict/evidence.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.hpp"
#include "scenario/text.hpp"
#include "scenario/units.hpp"

namespace hearsay::verdict {
namespace {

using measure::Evidence;
using scenario::format_duration;
using scenario::format_share;

std::string cause_on_nodes(const Evidence& fault, Duration first_publish) {
  if (fault.eligible == 0) return "all nodes it selects were down already";
  return fmt::format("it acted on {} node{}, but no version was unsettled then; the first is published at {}",
                     fault.eligible, fault.eligible == 1 ? "" : "s", format_duration(first_publish));
}

std::string cause(const Evidence& fault, Tick opens, Duration first_publish) {
  if (!fault.opened) {
    return fmt::format("its window never opened (it opens at {}, after the end)", format_duration(opens));
  }
  if (fault.on_nodes) return cause_on_nodes(fault, first_publish);
  if (fault.eligible == 0) return "nothing matched it while its window was open";
  if (fault.expected_hits < static_cast<double>(fault.eligible)) {
    return fmt::format("by chance, {:.3g} hits were expected of {} eligible", fault.expected_hits,
                       fault.eligible);
  }
  return fmt::format("it took effect on none of {} eligible", fault.eligible);
}

/// Bounds of zero are met by no machine, and say nothing of how late one may be.
Duration smallest_span(const scenario::Scenario& scenario, const std::vector<Condition>& conditions) {
  Duration smallest = scenario.gossip.interval;
  const auto consider = [&](Duration span) {
    if (span > 0) smallest = std::min(smallest, span);
  };
  for (const Condition& condition : conditions) {
    if (condition.is_time()) consider(static_cast<Duration>(condition.bound));
    if (condition.within) consider(*condition.within);
  }
  return smallest;
}

}  // namespace

std::vector<std::string> faults_without_hit(const scenario::Scenario& scenario,
                                            const measure::Outcome& outcome) {
  HEARSAY_CHECK(scenario.faults.size() == outcome.faults.size(), "an outcome has evidence of every fault");
  std::vector<std::string> reasons;
  for (std::size_t i = 0; i < outcome.faults.size(); ++i) {
    const Evidence& fault = outcome.faults[i];
    if (fault.off || fault.hit > 0) continue;
    reasons.push_back(fmt::format("fault {} never hit: {}", scenario::quote(fault.name),
                                  cause(fault, scenario.faults[i].window.at, scenario.publish.interval)));
  }
  return reasons;
}

std::vector<std::string> faults_off_their_chance(const measure::Outcome& outcome) {
  constexpr double kRarest = 1e-9;
  std::vector<std::string> bugs;
  for (const Evidence& fault : outcome.faults) {
    if (!fault.independent) continue;
    const double rarity = two_sided_chance(fault.hit, fault.eligible, fault.chance.value());
    if (rarity >= kRarest) continue;
    bugs.push_back(
        fmt::format("fault {} hit {} of {} eligible messages, {} of them, where {} were expected, its chance "
                    "being {}: what is so "
                    "far off has a chance of {:.2g}",
                    scenario::quote(fault.name), fault.hit, fault.eligible,
                    format_share(static_cast<double>(fault.hit) / static_cast<double>(fault.eligible)),
                    fmt::format("{:.6g}", fault.expected_hits), format_share(*fault.chance), rarity));
  }
  return bugs;
}

std::optional<std::string> machine_too_late(const scenario::Scenario& scenario,
                                            const std::vector<Condition>& conditions,
                                            const std::optional<measure::Lag>& lag,
                                            std::optional<Duration> max_lag) {
  const Duration allowed = max_lag.value_or(smallest_span(scenario, conditions) / 10);
  if (!lag || lag->p99 <= allowed) return {};
  return fmt::format(
      "the machine, not the gossip, was measured: it was late by {} at the 99th percentile, more "
      "than "
      "{}",
      format_duration(lag->p99), format_duration(allowed));
}

}  // namespace hearsay::verdict
