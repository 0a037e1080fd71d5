#include <fmt/format.h>

#include "base/check.hpp"
#include "report/markdown.hpp"
#include "report/result_tables.hpp"
#include "scenario/text.hpp"

namespace hearsay::report {
namespace {

std::string list(const std::vector<std::string>& sentences) {
  std::string text;
  for (const std::string& sentence : sentences) text += "- " + markdown_text(sentence) + '\n';
  return text.empty() ? "" : '\n' + text;
}

std::string heading(const scenario::Scenario& scenario, std::string_view end) {
  return fmt::format("\n### {}: {}\n", markdown_text(scenario::escaped(scenario.name)), end);
}

std::string how_to_repeat(const std::string& command) {
  return command.empty() ? "" : "\nTo repeat:\n" + markdown_code(command);
}

std::vector<std::string> bugs(const verdict::Judgement& judgement) {
  std::vector<std::string> all;
  for (const std::string& bug : judgement.bugs) all.push_back(bug_report(bug));
  return all;
}

std::string section(const Result& result) {
  const verdict::Judgement& judgement = result.judgement;
  std::string text = heading(result.scenario, verdict::to_string(judgement.verdict));
  if (!judgement.expectations.empty()) text += '\n' + expectations_of(judgement, {}).markdown();
  if (!result.outcome.faults.empty()) text += '\n' + faults_of(result.outcome).markdown();
  return text + list(judgement.reasons) + list(bugs(judgement)) + list(lost_versions(result.outcome)) +
         how_to_repeat(result.command);
}

std::string section(const Missing& missing) {
  if (missing.why.empty()) return heading(missing.scenario, "not run");
  return heading(missing.scenario, "no result") + list({missing.why}) + how_to_repeat(missing.command);
}

}  // namespace

std::string to_markdown(const Results& results) {
  std::string text;
  if (!results.results.empty()) text = summary_of(results.results, {}).markdown();
  for (const Result& result : results.results) text += section(result);
  for (const Missing& missing : results.missing) text += section(missing);
  return text;
}

}  // namespace hearsay::report
