#pragma once

// The figures that are judged as they were observed, by the names that expectations give them.

#include <string>
#include <string_view>
#include <vector>

#include "measure/outcome.hpp"
#include "verdict/verdict.hpp"

namespace hearsay::verdict {

/// Where a fact can go while a run goes on.
enum class Course { rising, falling, free };

/// One figure of `messages`.
struct MessageField {
  std::string_view name;
  bool whole;  ///< a count, not a ratio
  Course course;
  bool by_phase;  ///< known of each phase of a run
  double (*value)(const measure::Messages& messages, const measure::Summary& summary);
};

const std::vector<MessageField>& message_fields();

/// That of a condition on messages.
const MessageField& message_field(const std::string& name);

/// One figure of a fault's evidence.
struct FaultField {
  std::string_view name;
  std::uint64_t (*value)(const measure::Evidence& evidence);
};

const std::vector<FaultField>& fault_fields();

/// That of a condition that is not of a rate.
Course course_of(const Condition& condition);

/// What was observed, in the unit of the condition's bound: latencies in microseconds, infinite for a lost
/// version. Nothing where no version has settled. The condition must not be of a rate.
std::optional<double> observed_fact(const Condition& condition, const measure::Outcome& outcome,
                                    const measure::Summary& summary);

}  // namespace hearsay::verdict
