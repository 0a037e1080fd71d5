#include "verdict/facts.hpp"

#include <algorithm>
#include <limits>

#include "base/check.hpp"

namespace hearsay::verdict {
namespace {

using measure::Evidence;
using measure::Messages;
using measure::Outcome;
using measure::Summary;

template <std::uint64_t Messages::*Count>
double count(const Messages& messages, const Summary&) {
  return static_cast<double>(messages.*Count);
}

double per_version(const Messages&, const Summary& summary) { return summary.per_version; }
double redundancy(const Messages&, const Summary& summary) { return summary.redundancy; }

std::uint64_t hit(const Evidence& evidence) { return evidence.hit; }
std::uint64_t eligible(const Evidence& evidence) { return evidence.eligible; }

template <typename Field>
const Field& field(const std::vector<Field>& fields, const std::string& name) {
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.name == name; });
  HEARSAY_CHECK(found != fields.end(), "a condition names a field that exists: " + name);
  return *found;
}

double or_infinite(Duration span) {
  return span == kNever ? std::numeric_limits<double>::infinity() : static_cast<double>(span);
}

double observed_latency(const std::string& which, const std::vector<Duration>& ascending) {
  return or_infinite(which == "min" ? ascending.front() : ascending.back());
}

/// One run that never recovered is enough; else all of them must have gone on until the faults healed.
std::optional<double> observed_recovery(const Outcome& outcome) {
  HEARSAY_CHECK(outcome.recovery, "recovery was to be judged and not measured");
  if (outcome.recovery->unhealed > 0 && outcome.recovery->longest != kNever) return {};
  return or_infinite(outcome.recovery->longest);
}

const Evidence& evidence(const Outcome& outcome, const std::string& name) {
  const auto found = std::find_if(outcome.faults.begin(), outcome.faults.end(),
                                  [&](const Evidence& fault) { return fault.name == name; });
  HEARSAY_CHECK(found != outcome.faults.end(), "an outcome has evidence of every fault: " + name);
  return *found;
}

}  // namespace

const std::vector<MessageField>& message_fields() {
  static const std::vector<MessageField> fields = {
      {"sent", true, Course::rising, true, count<&Messages::sent>},
      {"delivered", true, Course::rising, false, count<&Messages::delivered>},
      {"dropped", true, Course::rising, true, count<&Messages::dropped>},
      {"failed", true, Course::rising, false, count<&Messages::failed>},
      {"in_flight", true, Course::free, false, count<&Messages::in_flight>},
      {"duplicated", true, Course::rising, true, count<&Messages::duplicated>},
      {"delayed", true, Course::rising, true, count<&Messages::delayed>},
      {"rejected", true, Course::rising, false, count<&Messages::rejected>},
      {"foreign", true, Course::rising, false, count<&Messages::foreign>},
      {"per_version", false, Course::free, true, per_version},
      {"redundancy", false, Course::free, true, redundancy},
  };
  return fields;
}

const MessageField& message_field(const std::string& name) { return field(message_fields(), name); }

const std::vector<FaultField>& fault_fields() {
  static const std::vector<FaultField> fields = {{"hit", hit}, {"eligible", eligible}};
  return fields;
}

Course course_of(const Condition& condition) {
  switch (condition.metric) {
    case Metric::lost:
    case Metric::fault:
      return Course::rising;
    case Metric::messages:
      return message_field(condition.field).course;
    case Metric::commit_latency:
      return condition.field == "min" ? Course::falling : Course::rising;
    case Metric::coverage:
    case Metric::commit_rate:
    case Metric::recovery:
      break;
  }
  return Course::free;
}

std::optional<double> observed_fact(const Condition& condition, const Outcome& outcome,
                                    const Summary& summary) {
  const bool settled = !summary.latencies.empty();
  switch (condition.metric) {
    case Metric::lost:
      return static_cast<double>(summary.lost);
    case Metric::messages:
      return message_field(condition.field).value(outcome.messages, summary);
    case Metric::fault:
      return static_cast<double>(
          field(fault_fields(), condition.field).value(evidence(outcome, condition.fault)));
    case Metric::coverage:
      return settled ? std::optional(summary.coverage) : std::nullopt;
    case Metric::commit_latency:
      return settled ? std::optional(observed_latency(condition.field, summary.latencies)) : std::nullopt;
    case Metric::recovery:
      return observed_recovery(outcome);
    case Metric::commit_rate:
      break;
  }
  HEARSAY_CHECK(false, "a rate is no fact");
}

}  // namespace hearsay::verdict
