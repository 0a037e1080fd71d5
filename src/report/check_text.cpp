#include <fmt/format.h>

#include <cmath>
#include <iterator>
#include <utility>

#include "base/check.hpp"
#include "report/check.hpp"
#include "report/figures.hpp"
#include "report/markdown.hpp"
#include "report/table.hpp"
#include "scenario/text.hpp"
#include "scenario/units.hpp"

namespace hearsay::report {
namespace {

using scenario::escaped;
using scenario::format_share;
using verdict::Subject;

bool of_messages(const CheckedSubject& checked) { return checked.subject.kind == Subject::Kind::messages; }

std::string level(const CheckedSubject& checked, double value) {
  return of_messages(checked) ? fmt::format("{:.4g}", value) : format_share(value);
}

/// Hundredths are what people compare; smaller changes get the digits they need.
std::string signed_hundredths(double share) {
  const double points = 100 * share;
  if (points != 0 && std::abs(points) < 0.01) return fmt::format("{:+.2g}", points);
  return fmt::format("{:+.2f}", points);
}

std::string change(const CheckedSubject& checked) {
  const verdict::Effect& effect = checked.effect;
  if (checked.change.pairs.gained + checked.change.pairs.lost == 0) return "none";
  const std::string_view unit = of_messages(checked) ? "%" : "";
  std::string text = fmt::format("{}{}", signed_hundredths(effect.difference), unit);
  if (effect.interval)
    text += fmt::format(" ({}..{})", signed_hundredths(effect.interval->low),
                        signed_hundredths(effect.interval->high));
  return text;
}

constexpr std::string_view kNotJudged = "-";

std::string p_value(double p) { return p == 0 ? "<1e-300" : fmt::format("{:.2g}", p); }

/// The smallest regression that would have been found.
std::string smallest(const CheckedSubject& checked) {
  if (!checked.judged) return std::string(kNotJudged);
  if (!checked.smallest) return "nothing";
  if (of_messages(checked))
    return *checked.smallest == 0 ? "any" : signed_hundredths(*checked.smallest) + "%";
  if (checked.change.unit == measure::Unit::run)
    return fmt::format("{} of runs", format_share(*checked.smallest));
  return signed_hundredths(-*checked.smallest);
}

std::string_view finding(const CheckedSubject& checked) {
  if (checked.finding.regression) return "worse";
  return checked.finding.fresh ? "not confirmed" : "";
}

Table table_of(const std::vector<Check>& checks, const TextStyle& style) {
  Table table({{"verdict", Align::left},
               {"scenario", Align::left},
               {"subject", Align::left},
               {"before", Align::right},
               {"now", Align::right},
               {"change", Align::right},
               {"worse/better", Align::right},
               {"p", Align::right},
               {"would find", Align::right},
               {"", Align::left}});
  for (const Check& check : checks) {
    std::string verdict = coloured(check.verdict, verdict::to_string(check.verdict), style);
    std::string scenario = escaped(check.result.scenario.name);
    if (check.subjects.empty()) table.add({verdict, scenario, "", "", "", "", "", "", "", ""});
    for (const CheckedSubject& checked : check.subjects) {
      const verdict::Pairs& pairs = checked.change.pairs;
      table.add({std::exchange(verdict, ""), std::exchange(scenario, ""), name(checked),
                 level(checked, checked.change.before), level(checked, checked.change.now), change(checked),
                 fmt::format("{}/{}", pairs.lost, pairs.gained),
                 checked.judged ? p_value(checked.finding.adjusted_p_value) : std::string(kNotJudged),
                 smallest(checked),
                 checked.finding.regression ? coloured(verdict::Verdict::fail, finding(checked), style)
                                            : std::string(finding(checked))});
    }
  }
  return table;
}

std::string amount(const CheckedSubject& checked) {
  if (!of_messages(checked)) return change(checked) + " points";
  return change(checked) + " in the runs that differ";
}

std::string how_to_read() {
  return fmt::format(
      "Changes are of rates in points, with intervals at {} confidence; p is for all tests together; what "
      "would be found\nwith {} chance stands under \"would find\".\n",
      format_share(kCheckConfidence), format_share(kCheckPower));
}

/// What is told of a check, and what keeps it from being judged.
std::vector<std::string> notes(const Check& check) {
  const std::string scenario = escaped(check.result.scenario.name);
  std::vector<std::string> all;
  for (const std::string& line : check.told) all.push_back(scenario + ": " + escaped(line));
  for (const std::string& line : check.reasons) all.push_back(scenario + ": inconclusive: " + escaped(line));
  for (const std::string& bug : check.result.judgement.bugs) all.push_back(scenario + ": " + bug_report(bug));
  return all;
}

std::string note(const Missing& missing) {
  return escaped(missing.scenario.name) +
         (missing.why.empty() ? ": not run" : ": no result: " + escaped(missing.why));
}

std::vector<std::string> notes(const Checks& checks) {
  std::vector<std::string> all;
  for (const Check& check : checks.all) {
    std::vector<std::string> some = notes(check);
    all.insert(all.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
  }
  for (const Missing& missing : checks.missing) all.push_back(note(missing));
  return all;
}

std::vector<std::string> regressions(const std::vector<Check>& checks) {
  std::vector<std::string> all;
  for (const Check& check : checks)
    for (const CheckedSubject& checked : check.subjects)
      if (checked.finding.regression) all.push_back(regression_text(check, checked));
  return all;
}

}  // namespace

std::string name(const CheckedSubject& checked) {
  switch (checked.subject.kind) {
    case Subject::Kind::commit_rate:
      return "commit rate";
    case Subject::Kind::in_time:
      return "commits within " + scenario::format_duration(checked.subject.within);
    case Subject::Kind::messages:
      break;
  }
  return "messages per learning";
}

std::string counts_text(const verdict::Change& change) {
  return fmt::format("{} {}s got worse and {} better of {} (p {})", change.pairs.lost, to_string(change.unit),
                     change.pairs.gained, change.pairs.count, p_value(change.p_value()));
}

std::string regression_text(const Check& check, const CheckedSubject& checked) {
  std::string text = fmt::format(
      "{}: {} went from {} to {}, {}, at {} confidence\n"
      "  {}; under fresh seeds {}\n",
      escaped(check.result.scenario.name), name(checked), level(checked, checked.change.before),
      level(checked, checked.change.now), amount(checked), format_share(kCheckConfidence),
      counts_text(checked.change), counts_text(*checked.finding.fresh));
  if (checked.worst)
    text += fmt::format("  to see {} where it was {}: {}\n", level(checked, checked.worst->now),
                        level(checked, checked.worst->before), checked.show);
  return text;
}

std::string to_text(const Checks& checks, const TextStyle& style) {
  std::string text;
  for (const std::string& note : notes(checks)) text += note + '\n';
  if (checks.all.empty()) return text;
  if (!text.empty()) text += '\n';
  text += table_of(checks.all, style).text("") + how_to_read();
  for (const std::string& regression : regressions(checks.all)) text += '\n' + regression;
  return text;
}

std::string to_markdown(const Checks& checks) {
  std::string text;
  if (!checks.all.empty()) text = table_of(checks.all, {}).markdown() + '\n' + how_to_read();
  const std::vector<std::string> told = notes(checks);
  if (!text.empty() && !told.empty()) text += '\n';
  for (const std::string& note : told) text += "- " + markdown_text(note) + '\n';
  for (const std::string& regression : regressions(checks.all))
    text += '\n' + markdown_code(regression.substr(0, regression.size() - 1));
  return text;
}

}  // namespace hearsay::report
