#pragma once

// Hand-made scenarios and outcomes to judge.

#include <string>
#include <utility>
#include <vector>

#include "measure/outcome.hpp"
#include "scenario/scenario.hpp"
#include "verdict/verdict.hpp"

namespace hearsay::verdict {

inline scenario::Scenario expecting(const std::vector<std::string>& texts, double confidence = 0.95) {
  scenario::Scenario scenario;
  scenario.cluster.nodes = 10;
  for (const std::string& text : texts) {
    scenario.expectations.push_back({text, confidence, Location{"x.toml", 31, 9}});
  }
  return scenario;
}

inline measure::VersionRecord committed_after(Duration latency, std::uint32_t run = 0) {
  measure::VersionRecord version;
  version.run = run;
  version.end = measure::End::committed;
  version.committed = latency;
  version.required = version.holding = 10;
  version.learnings = 10;
  return version;
}

inline measure::VersionRecord lost(std::uint32_t run = 0) {
  measure::VersionRecord version;
  version.run = run;
  version.end = measure::End::lost;
  version.required = 10;
  version.holding = 9;
  version.learnings = 9;
  return version;
}

/// `committed` versions that took a second each, and `missing` lost ones, all of `run`.
inline void add(measure::Outcome& outcome, std::uint64_t committed, std::uint64_t missing,
                std::uint32_t run = 0) {
  outcome.versions.insert(outcome.versions.end(), committed, committed_after(kSecond, run));
  outcome.versions.insert(outcome.versions.end(), missing, lost(run));
}

inline measure::Outcome outcome_of(std::uint64_t committed, std::uint64_t missing) {
  measure::Outcome outcome;
  outcome.world = "live";
  outcome.nodes = 10;
  add(outcome, committed, missing);
  return outcome;
}

/// A result with one fault, whose scenario and evidence agree.
inline std::pair<scenario::Scenario, measure::Outcome> with_fault(const measure::Evidence& evidence,
                                                                  Tick at = 0) {
  scenario::Scenario scenario = expecting({});
  scenario::Fault fault;
  fault.name = evidence.name;
  fault.kind = evidence.kind;
  fault.window.at = at;
  scenario.faults.push_back(fault);
  measure::Outcome outcome = outcome_of(20, 0);
  outcome.faults.push_back(evidence);
  return {scenario, outcome};
}

}  // namespace hearsay::verdict
