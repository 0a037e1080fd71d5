#include "report/result_tables.hpp"

#include <fmt/format.h>

#include "scenario/text.hpp"

namespace hearsay::report {
namespace {

using measure::Outcome;
using measure::VersionRecord;

constexpr std::size_t kMostLostShown = 10;

std::string reach(const VersionRecord& version) {
  if (version.never_entered()) return "never entered the cluster";
  if (version.required > 0 && version.holding == version.required) return "reached every node, but too late";
  return fmt::format("reached {} of {} nodes, {} lack it", version.holding, version.required,
                     version.required - version.holding);
}

std::string obstacles(const Outcome& outcome, const VersionRecord& version) {
  std::string text;
  for (const measure::Taken& taken : version.taken) {
    text += fmt::format("; {} took {} to them", scenario::quote(outcome.faults.at(taken.fault).name),
                        plural(taken.messages, "message"));
  }
  if (version.refused > 0) text += fmt::format("; {} to them failed", plural(version.refused, "message"));
  return text;
}

std::string lost_version(const Outcome& outcome, const VersionRecord& version) {
  const std::string run = outcome.runs == 1 ? "" : fmt::format(" of seed {}", outcome.seed + version.run);
  return fmt::format("lost version {}{}: {}{}", version.version, run, reach(version),
                     obstacles(outcome, version));
}

std::string_view mark(verdict::Verdict verdict) {
  switch (verdict) {
    case verdict::Verdict::pass:
      return "✓";
    case verdict::Verdict::fail:
      return "✗";
    case verdict::Verdict::inconclusive:
      break;
  }
  return "?";
}

/// A warning does not fail, whatever it finds.
std::string mark_of(const verdict::Judged& judged, const TextStyle& style) {
  const bool warns = judged.severity == scenario::Severity::warn && judged.verdict == verdict::Verdict::fail;
  return warns ? coloured(verdict::Verdict::inconclusive, "!", style)
               : coloured(judged.verdict, mark(judged.verdict), style);
}

}  // namespace

std::string plural(std::uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string in_full(const verdict::Judged& judged) {
  std::string text = scenario::escaped(judged.that);
  if (!judged.during.empty()) text += " during " + scenario::quote(judged.during);
  if (judged.severity == scenario::Severity::warn) text += " (warn)";
  return text;
}

Table expectations_of(const verdict::Judgement& judgement, const TextStyle& style) {
  Table table({{"", Align::left}, {"", Align::left}, {"", Align::left}});
  for (const verdict::Judged& judged : judgement.expectations)
    table.add({mark_of(judged, style), in_full(judged), judged.why});
  return table;
}

std::vector<std::string> lost_versions(const Outcome& outcome) {
  std::vector<std::string> sentences;
  std::size_t lost = 0;
  for (const VersionRecord& version : outcome.versions)
    if (version.end == measure::End::lost && ++lost <= kMostLostShown)
      sentences.push_back(lost_version(outcome, version));
  if (lost > kMostLostShown)
    sentences.push_back(fmt::format("and {} more; the JSON and the CSV have all", lost - kMostLostShown));
  return sentences;
}

}  // namespace hearsay::report
