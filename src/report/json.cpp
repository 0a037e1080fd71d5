#include <nlohmann/json.hpp>

#include "report/figures.hpp"
#include "report/report.hpp"
#include "report/result_object.hpp"
#include "verdict/rates.hpp"

namespace hearsay::report {
namespace {

using Json = nlohmann::ordered_json;
using measure::Outcome;
using measure::Summary;

template <typename Value>
Json or_null(const std::optional<Value>& value) {
  return value ? Json(*value) : Json();
}

Json milliseconds_or_null(std::optional<Duration> span) { return span ? Json(milliseconds(*span)) : Json(); }

Json versions_object(const Summary& summary) {
  return {{"published", summary.published},
          {"committed", summary.committed},
          {"lost", summary.lost},
          {"never_entered", summary.never_entered},
          {"open", summary.open}};
}

Json commit_rate_object(const Outcome& outcome) {
  const verdict::CommitRate rate(outcome);
  const verdict::Interval interval = rate.two_sided(kConfidence);
  return {{"value", or_null(rate.value())},
          {"low", interval.low},
          {"high", interval.high},
          {"confidence", kConfidence}};
}

Json commit_latency_object(const Summary& summary) {
  Json latencies;
  for (const auto& [name, share] : kLatencyFigures) {
    latencies[std::string(name)] = milliseconds_or_null(latency(summary, share));
  }
  return latencies;
}

Json messages_object(const measure::Messages& messages, const Summary& summary) {
  return {{"sent", messages.sent},           {"delivered", messages.delivered},
          {"dropped", messages.dropped},     {"failed", messages.failed},
          {"in_flight", messages.in_flight}, {"duplicated", messages.duplicated},
          {"delayed", messages.delayed},     {"rejected", messages.rejected},
          {"foreign", messages.foreign},     {"per_version", summary.per_version},
          {"redundancy", summary.redundancy}};
}

/// Of faults on nodes.
Json times(const measure::Evidence& fault) {
  if (!fault.on_nodes) return nullptr;
  Json all = Json::array();
  for (const Tick at : fault.times) all.push_back(milliseconds(at));
  return all;
}

Json fault_object(const measure::Evidence& fault) {
  const auto interval = hit_interval(fault);
  return {{"name", fault.name},
          {"kind", fault.kind},
          {"eligible", fault.eligible},
          {"hit", fault.hit},
          {"off", fault.off},
          {"opened", fault.opened},
          {"expected_hits", fault.expected_hits},
          {"observed", or_null(hit_rate(fault))},
          {"low", interval ? Json(interval->low) : Json()},
          {"high", interval ? Json(interval->high) : Json()},
          {"confidence", kConfidence},
          {"expected", or_null(fault.chance)},
          {"instants", fault.on_nodes ? Json(fault.instants) : Json()},
          {"times_ms", times(fault)}};
}

Json fault_objects(const Outcome& outcome) {
  Json all = Json::array();
  for (const measure::Evidence& evidence : outcome.faults) all.push_back(fault_object(evidence));
  return all;
}

Json expectation_object(const verdict::Judged& judged) {
  Json shown = {{"that", judged.that},
                {"observed", or_null(judged.observed)},
                {"verdict", verdict::to_string(judged.verdict)}};
  if (judged.interval) {
    shown["low"] = judged.interval->low;
    shown["high"] = judged.interval->high;
  }
  shown["confidence"] = judged.confidence;
  shown["during"] = judged.during.empty() ? Json() : Json(judged.during);
  shown["severity"] = judged.severity == scenario::Severity::warn ? "warn" : "fail";
  if (judged.alpha) shown["alpha"] = *judged.alpha;
  if (judged.test)
    shown["sequential_test"] = {{"indifference", judged.test->indifference},
                                {"false_alarm", judged.test->false_alarm},
                                {"miss", judged.test->miss},
                                {"versions", or_null(judged.test->versions)}};
  shown["why"] = judged.why;
  return shown;
}

Json expectation_objects(const verdict::Judgement& judgement) {
  Json all = Json::array();
  for (const verdict::Judged& judged : judgement.expectations) all.push_back(expectation_object(judged));
  return all;
}

Json lag_object(const std::optional<measure::Lag>& lag) {
  if (!lag) return nullptr;
  return {{"p50", milliseconds(lag->p50)}, {"p99", milliseconds(lag->p99)}, {"max", milliseconds(lag->max)}};
}

Json taken(const Outcome& outcome, const measure::VersionRecord& version) {
  Json by_fault = Json::object();
  for (const measure::Taken& taken : version.taken) {
    by_fault[outcome.faults.at(taken.fault).name] = taken.messages;
  }
  return by_fault;
}

Json lost_version_objects(const Outcome& outcome) {
  Json all = Json::array();
  for (const measure::VersionRecord& version : outcome.versions) {
    if (version.end != measure::End::lost) continue;
    all.push_back({{"run", version.run},
                   {"version", version.version},
                   {"required", version.required},
                   {"holding", version.holding},
                   {"taken", taken(outcome, version)},
                   {"refused", version.refused}});
  }
  return all;
}

}  // namespace

Json result_object(const Result& result) {
  const Outcome& outcome = result.outcome;
  const Summary summary = measure::summarize(outcome);
  return {{"schema", "hearsay/result/1"},
          {"scenario", result.scenario.name},
          {"file", result.scenario.file},
          {"world", outcome.world},
          {"seed", outcome.seed},
          {"runs", outcome.runs},
          {"nodes", outcome.nodes},
          {"duration_ms", milliseconds(outcome.duration)},
          {"interrupted", outcome.interrupted},
          {"unit", to_string(outcome.unit)},
          {"interval", outcome.sequential ? "sequence" : "exact"},
          {"versions", versions_object(summary)},
          {"commit_rate", commit_rate_object(outcome)},
          {"commit_latency_ms", commit_latency_object(summary)},
          {"coverage", summary.latencies.empty() ? Json() : Json(summary.coverage)},
          {"messages", messages_object(outcome.messages, summary)},
          {"faults", fault_objects(outcome)},
          {"expectations", expectation_objects(result.judgement)},
          {"verdict", verdict::to_string(result.judgement.verdict)},
          {"trace_digest", outcome.trace_digest ? Json(to_string(*outcome.trace_digest)) : Json()},
          {"learned_digest", to_string(outcome.learned_digest)},
          {"lag_ms", lag_object(outcome.lag)},
          {"reasons", result.judgement.reasons},
          {"bugs", result.judgement.bugs},
          {"lost_versions", lost_version_objects(outcome)}};
}

std::string json_text(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::string to_json(const std::vector<Result>& results, bool several) {
  Json all = Json::array();
  for (const Result& result : results) all.push_back(result_object(result));
  const Json& shown = several || results.size() != 1 ? all : all[0];
  return json_text(shown);
}

}  // namespace hearsay::report
