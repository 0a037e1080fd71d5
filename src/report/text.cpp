#include <fmt/format.h>

#include "base/check.hpp"
#include "report/figures.hpp"
#include "report/report.hpp"
#include "report/result_tables.hpp"
#include "scenario/text.hpp"
#include "scenario/units.hpp"
#include "verdict/rates.hpp"

namespace hearsay::report {
namespace {

using measure::Outcome;
using measure::Summary;
using scenario::escaped;
using scenario::format_duration;
using scenario::format_share;

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

std::string faults(const Outcome& outcome) {
  return outcome.faults.empty() ? "" : '\n' + faults_of(outcome).text("  ");
}

std::string lost(const Outcome& outcome) {
  std::string text;
  for (const std::string& sentence : lost_versions(outcome))
    text += fmt::format("{}  {}\n", text.empty() ? "\n" : "", sentence);
  return text;
}

std::string expectations(const verdict::Judgement& judgement, const TextStyle& style) {
  return judgement.expectations.empty() ? "" : '\n' + expectations_of(judgement, style).text("  ");
}

std::string reasons(const verdict::Judgement& judgement, const TextStyle& style) {
  std::string text;
  for (const std::string& reason : judgement.reasons) {
    text += fmt::format("  {}  {}\n", coloured(verdict::Verdict::inconclusive, "?", style), reason);
  }
  for (const std::string& bug : judgement.bugs)
    text += fmt::format("  {}  {}\n", coloured(verdict::Verdict::fail, "✗", style), bug_report(bug));
  return text.empty() ? "" : '\n' + text;
}

}  // namespace

std::string to_text(const Result& result, const TextStyle& style) {
  const verdict::Verdict verdict = result.judgement.verdict;
  return heading(result) + figures(result.outcome) + faults(result.outcome) + lost(result.outcome) +
         expectations(result.judgement, style) + reasons(result.judgement, style) +
         fmt::format("\n  verdict: {}\n", coloured(verdict, verdict::to_string(verdict), style));
}

}  // namespace hearsay::report
