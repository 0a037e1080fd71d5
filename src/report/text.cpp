#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "report/figures.hpp"
#include "report/report.hpp"
#include "report/table.hpp"
#include "scenario/text.hpp"
#include "scenario/units.hpp"
#include "verdict/rates.hpp"

namespace hearsay::report {
namespace {

using measure::Evidence;
using measure::Outcome;
using measure::Summary;
using measure::VersionRecord;
using scenario::escaped;
using scenario::format_duration;
using scenario::format_share;

constexpr std::size_t kMostLostShown = 10;

std::string plural(std::uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string seeds(const Outcome& outcome) {
  if (outcome.runs == 1) return fmt::format("seed {}", outcome.seed);
  return fmt::format("{} runs, seeds {}..{}", outcome.runs, outcome.seed, outcome.seed + outcome.runs - 1);
}

std::string heading(const Result& result) {
  const Outcome& outcome = result.outcome;
  return fmt::format("{}  ({}, {}, {}, {})\n", escaped(result.scenario.name), outcome.world,
                     plural(outcome.nodes, "node"), seeds(outcome), format_duration(outcome.duration));
}

std::string versions(const Summary& summary) {
  std::string text =
      fmt::format("{} published: {} committed, {} lost", summary.published, summary.committed, summary.lost);
  if (summary.never_entered > 0) text += fmt::format(" ({} never entered)", summary.never_entered);
  if (summary.open > 0) text += fmt::format(", {} open", summary.open);
  return text;
}

constexpr std::string_view kNothingSettled = "no version has settled";

std::string commit_rate(const Outcome& outcome) {
  const verdict::CommitRate rate(outcome);
  if (!rate.value()) return std::string(kNothingSettled);
  const verdict::Interval interval = rate.two_sided(kConfidence);
  return fmt::format("{} ({}..{} at {} confidence{}{})", format_share(*rate.value()),
                     format_share(interval.low), format_share(interval.high), format_share(kConfidence),
                     outcome.unit == measure::Unit::run ? ", each run one observation" : "",
                     outcome.sequential ? ", whenever one stops" : "");
}

std::string latencies(const Summary& summary) {
  if (summary.latencies.empty()) return std::string(kNothingSettled);
  std::string text;
  for (const auto& [name, share] : kLatencyFigures) {
    const std::optional<Duration> found = latency(summary, share);
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name, found ? format_duration(*found) : "lost");
  }
  return text;
}

std::string coverage(const Summary& summary) {
  return summary.latencies.empty() ? std::string(kNothingSettled) : format_share(summary.coverage);
}

std::string balance(const measure::Messages& messages) {
  return fmt::format("{} sent = {} delivered + {} dropped + {} failed + {} in flight", messages.sent,
                     messages.delivered, messages.dropped, messages.failed, messages.in_flight);
}

std::string further_messages(const measure::Messages& messages, const Summary& summary) {
  std::string text =
      fmt::format("{:.6g} a version, redundancy {:.4g}", summary.per_version, summary.redundancy);
  const auto add = [&](std::uint64_t count, std::string_view what) {
    if (count > 0) text += fmt::format(", {} {}", count, what);
  };
  add(messages.duplicated, "duplicated");
  add(messages.delayed, "delayed");
  add(messages.rejected, "rejected");
  add(messages.foreign, "foreign requests");
  return text;
}

std::string lag(const measure::Lag& lag) {
  return fmt::format("p50 {}, p99 {}, max {}", format_duration(lag.p50), format_duration(lag.p99),
                     format_duration(lag.max));
}

std::string figures(const Outcome& outcome) {
  const Summary summary = measure::summarize(outcome);
  Table table({{"", Align::left}, {"", Align::left}});
  table.add({"versions", versions(summary)});
  table.add({"commit rate", commit_rate(outcome)});
  table.add({"latency", latencies(summary)});
  table.add({"coverage", coverage(summary)});
  table.add({"messages", balance(outcome.messages)});
  table.add({"", further_messages(outcome.messages, summary)});
  if (outcome.lag) table.add({"lag", lag(*outcome.lag)});
  return table.text("  ");
}

/// Four digits: a column of evidence is to be compared, not copied.
std::string percent(double share) { return fmt::format("{:.4g}%", 100 * share); }

std::string percent_or_dash(std::optional<double> share) { return share ? percent(*share) : "-"; }

std::string interval_of(const Evidence& fault) {
  const std::optional<verdict::Interval> interval = hit_interval(fault);
  return interval ? percent(interval->low) + ".." + percent(interval->high) : "";
}

/// When a fault on nodes acted, in short; of several runs only how often.
std::string times(const Evidence& fault, std::uint32_t runs) {
  constexpr std::size_t kMostShown = 3;
  if (fault.instants == 0) return "";
  if (runs > 1) return "at " + plural(fault.instants, "instant");
  std::string text;
  for (const Tick at : std::span(fault.times).first(std::min(fault.times.size(), kMostShown)))
    text += (text.empty() ? "at " : ", ") + format_duration(at);
  if (fault.instants > kMostShown) text += fmt::format(", … {} in all", fault.instants);
  return text;
}

std::string remark(const Evidence& fault, std::uint32_t runs) {
  if (fault.off) return "off";
  return fault.opened ? times(fault, runs) : "never opened";
}

std::string faults(const Outcome& outcome) {
  if (outcome.faults.empty()) return "";
  Table table({{"fault", Align::left},
               {"kind", Align::left},
               {"eligible", Align::right},
               {"hit", Align::right},
               {"observed", Align::right},
               {"at 95% confidence", Align::left},
               {"expected", Align::right},
               {"", Align::left}});
  for (const Evidence& fault : outcome.faults) {
    table.add({escaped(fault.name), fault.kind, fmt::to_string(fault.eligible), fmt::to_string(fault.hit),
               percent_or_dash(hit_rate(fault)), interval_of(fault), percent_or_dash(fault.chance),
               remark(fault, outcome.runs)});
  }
  return '\n' + table.text("  ");
}

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
  return fmt::format("  lost version {}{}: {}{}\n", version.version, run, reach(version),
                     obstacles(outcome, version));
}

std::string lost_versions(const Outcome& outcome) {
  std::string text;
  std::size_t lost = 0;
  for (const VersionRecord& version : outcome.versions) {
    if (version.end != measure::End::lost) continue;
    if (++lost <= kMostLostShown) text += lost_version(outcome, version);
  }
  if (lost > kMostLostShown)
    text += fmt::format("  and {} more; the JSON and the CSV have all\n", lost - kMostLostShown);
  return text.empty() ? "" : '\n' + text;
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

std::string in_full(const verdict::Judged& judged) {
  std::string text = escaped(judged.that);
  if (!judged.during.empty()) text += " during " + scenario::quote(judged.during);
  if (judged.severity == scenario::Severity::warn) text += " (warn)";
  return text;
}

std::string expectations(const verdict::Judgement& judgement, const TextStyle& style) {
  if (judgement.expectations.empty()) return "";
  Table table({{"", Align::left}, {"", Align::left}, {"", Align::left}});
  for (const verdict::Judged& judged : judgement.expectations) {
    table.add({mark_of(judged, style), in_full(judged), judged.why});
  }
  return '\n' + table.text("  ");
}

std::string reasons(const verdict::Judgement& judgement, const TextStyle& style) {
  std::string text;
  for (const std::string& reason : judgement.reasons) {
    text += fmt::format("  {}  {}\n", coloured(verdict::Verdict::inconclusive, "?", style), reason);
  }
  for (const std::string& bug : judgement.bugs)
    text += fmt::format("  {}  a bug in hearsay, please report it: {}\n",
                        coloured(verdict::Verdict::fail, "✗", style), bug);
  return text.empty() ? "" : '\n' + text;
}

}  // namespace

std::string to_text(const Result& result, const TextStyle& style) {
  const verdict::Verdict verdict = result.judgement.verdict;
  return heading(result) + figures(result.outcome) + faults(result.outcome) + lost_versions(result.outcome) +
         expectations(result.judgement, style) + reasons(result.judgement, style) +
         fmt::format("\n  verdict: {}\n", coloured(verdict, verdict::to_string(verdict), style));
}

}  // namespace hearsay::report
