#include "theory/commit_chance.hpp"

#include <algorithm>
#include <bit>

#include "theory/push_law.hpp"

namespace hearsay::theory {
namespace {

using scenario::Fault;
using scenario::Scenario;
using scenario::Selector;

/// Open whenever a version is on its way.
bool always(const Fault& fault, const Scenario& scenario) {
  return fault.window.at <= scenario.publish.interval && fault.window.length == kNever && !fault.limit &&
         !fault.ramp;
}

bool among_all(const Fault& fault) {
  return fault.from.kind == Selector::Kind::all && fault.to.kind == Selector::Kind::all;
}

/// The chance that it takes a message, the same for all messages. Nothing: it does not act like that.
std::optional<double> loss(const Fault& fault, const Scenario& scenario) {
  if (fault.kind == "delay") return 0;
  if (fault.kind != "drop" || fault.ramp) return {};
  const auto probability = fault.get<double>("probability");
  if (probability == 0 || (fault.has("what") && fault.get<std::string>("what") == "response")) return 0;
  return always(fault, scenario) && among_all(fault) ? std::optional(probability) : std::nullopt;
}

/// Of all faults together.
std::optional<double> loss(const Scenario& scenario) {
  double through = 1;
  for (const Fault& fault : scenario.faults) {
    const std::optional<double> taken = loss(fault, scenario);
    if (!taken) return {};
    through *= 1 - *taken;
  }
  return 1 - through;
}

bool in_time(const Scenario& scenario) {
  const Duration sending = scenario.gossip.rounds * scenario.gossip.interval;
  return scenario.publish.deadline >= std::bit_width(scenario.cluster.nodes - 1) * sending;
}

bool small(const Scenario& scenario) {
  constexpr double kMostSteps = 2e8;
  const double nodes = scenario.cluster.nodes;
  const double fanout = std::max(scenario.gossip.fanout, scenario.publish.fanout);
  return nodes * nodes * (fanout + 1) * (scenario.gossip.rounds + 1) <= kMostSteps &&
         nodes * fanout * fanout <= kMostSteps;
}

}  // namespace

std::optional<double> commit_chance(const Scenario& scenario) {
  if (scenario.gossip.protocol != "push" || !in_time(scenario) || !small(scenario)) return {};
  const std::optional<double> lost = loss(scenario);
  if (!lost) return {};
  return static_cast<double>(push_reaches_all(scenario.cluster.nodes, scenario.gossip.fanout,
                                              scenario.gossip.rounds, *lost, scenario.publish.fanout));
}

}  // namespace hearsay::theory
