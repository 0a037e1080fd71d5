#include <fmt/format.h>

#include "report/csv_field.hpp"
#include "report/figures.hpp"
#include "report/report.hpp"

namespace hearsay::report {
namespace {

using measure::VersionRecord;

constexpr std::string_view kHeader =
    "scenario,world,run,seed,version,end,published_ms,latency_ms,required,holding,learnings,sent,taken,"
    "refused"
    "\r\n";

std::string latency_field(const VersionRecord& version) {
  if (version.end != measure::End::committed) return "";
  return fmt::format("{}", milliseconds(version.latency()));
}

std::uint64_t taken(const VersionRecord& version) {
  std::uint64_t messages = 0;
  for (const measure::Taken& by_fault : version.taken) messages += by_fault.messages;
  return messages;
}

std::string row(const Result& result, const VersionRecord& version) {
  return fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{}\r\n", csv_field(result.scenario.name),
                     csv_field(result.outcome.world), version.run, result.outcome.seed + version.run,
                     version.version, to_string(version.end), milliseconds(version.published),
                     latency_field(version), version.required, version.holding, version.learnings,
                     version.sent, taken(version), version.refused);
}

}  // namespace

std::string to_csv(const std::vector<Result>& results) {
  std::string text(kHeader);
  for (const Result& result : results) {
    for (const VersionRecord& version : result.outcome.versions) text += row(result, version);
  }
  return text;
}

}  // namespace hearsay::report
