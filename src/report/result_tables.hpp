#pragma once

// What text and Markdown show of results alike.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "report/report.hpp"
#include "report/table.hpp"

namespace hearsay::report {

/// "3 messages", "1 message".
std::string plural(std::uint64_t count, std::string_view noun);

/// One line a result.
Table summary_of(const std::vector<Result>& results, const TextStyle& style);

/// One line a fault: its evidence.
Table faults_of(const measure::Outcome& outcome);

/// One line an expectation: a mark, the expectation, why.
Table expectations_of(const verdict::Judgement& judgement, const TextStyle& style);

/// An expectation with all that was said of it but its confidence: its phase, and whether it is a warning.
std::string in_full(const verdict::Judged& judged);

/// One sentence on each lost version: how far it got, and which faults took the messages to nodes that lack
/// it. The last of many says how many more there are.
std::vector<std::string> lost_versions(const measure::Outcome& outcome);

}  // namespace hearsay::report
