#include "scenario/scenario.hpp"

#include <algorithm>
#include <tuple>

namespace hearsay::scenario {
namespace {

constexpr std::string_view kRecovery = "recovery";

}  // namespace

bool asks_recovery(const Scenario& scenario) {
  return std::any_of(scenario.expectations.begin(), scenario.expectations.end(),
                     [](const Expectation& expectation) {
                       const std::size_t first = expectation.that.find_first_not_of(" \t\r\n");
                       return first != std::string::npos &&
                              expectation.that.compare(first, kRecovery.size(), kRecovery) == 0;
                     });
}

std::vector<std::string> names(const std::vector<Fault>& faults) {
  std::vector<std::string> all;
  all.reserve(faults.size());
  for (const Fault& fault : faults) all.push_back(fault.name);
  return all;
}

Tick last_deadline(const Scenario& scenario) {
  const Publish& publish = scenario.publish;
  if (publish.versions == kEndless) return kNever;
  return static_cast<Tick>(publish.versions) * publish.interval + publish.deadline;
}

Tick settles_from(const Scenario& scenario) {
  const Publish& publish = scenario.publish;
  return static_cast<Tick>(publish.versions + 1) * publish.interval - scenario.run.settle;
}

bool same_rule(const Fault& a, const Fault& b) {
  const auto said = [](const Fault& fault) {
    return std::tie(fault.name, fault.kind, fault.from, fault.to, fault.window, fault.limit, fault.ramp,
                    fault.parameters);
  };
  return said(a) == said(b);
}

}  // namespace hearsay::scenario
