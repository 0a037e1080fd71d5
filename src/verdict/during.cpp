#include "verdict/during.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/check.hpp"
#include "scenario/phase.hpp"
#include "verdict/facts.hpp"

namespace hearsay::verdict {
namespace {

using measure::Outcome;
using measure::VersionRecord;

template <typename Named>
const Named& named(const std::vector<Named>& all, const std::string& name) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const Named& one) { return one.name == name; });
  HEARSAY_CHECK(found != all.end(), "there is no such phase: " + name);
  return *found;
}

}  // namespace

bool counts_messages(const Condition& condition) {
  return condition.metric == Metric::messages && message_field(condition.field).whole;
}

std::optional<std::string> not_of_a_phase(const Condition& condition) {
  switch (condition.metric) {
    case Metric::fault:
      return "\"during\" is not of faults: their evidence is of their own windows";
    case Metric::recovery:
      return "\"during\" is not of recovery, which begins when all faults have healed";
    case Metric::messages:
      if (message_field(condition.field).by_phase) return {};
      return fmt::format(
          "\"during\" is not of messages.{}, only of messages.sent, dropped, duplicated, delayed, "
          "per_version and redundancy",
          condition.field);
    default:
      return {};
  }
}

Part part_during(const std::string& name, const scenario::Scenario& scenario, const Outcome& outcome) {
  const scenario::Window window = named(scenario::phases(scenario), name).window;
  const measure::PhaseMessages& messages = named(outcome.phases, name);
  Outcome part;
  part.runs = outcome.runs;
  part.nodes = outcome.nodes;
  part.unit = outcome.unit;
  part.interrupted = outcome.interrupted;
  part.sequential = outcome.sequential;
  for (const VersionRecord& version : outcome.versions) {
    if (!window.open(version.published)) continue;
    part.versions.push_back(version);
    part.messages.sent += version.sent;
  }
  const measure::Summary summary = measure::summarize(part);
  part.messages.sent = messages.sent;
  part.messages.dropped = messages.dropped;
  part.messages.duplicated = messages.duplicated;
  part.messages.delayed = messages.delayed;
  return {std::move(part), summary};
}

}  // namespace hearsay::verdict
