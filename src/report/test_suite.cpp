#include "report/test_suite.hpp"

#include <fmt/format.h>

#include "base/check.hpp"
#include "report/result_tables.hpp"

namespace hearsay::report {
namespace {

using End = TestCase::End;
using verdict::Verdict;

std::string to_repeat(const std::string& command) {
  return command.empty() ? "" : "to repeat: " + command + "\n";
}

End end_of(const verdict::Judged& judged) {
  if (judged.verdict == Verdict::pass) return End::pass;
  if (judged.severity == scenario::Severity::warn) return End::warned;
  return judged.verdict == Verdict::fail ? End::fail : End::error;
}

std::string lines(const std::vector<std::string>& sentences) {
  std::string text;
  for (const std::string& sentence : sentences) text += sentence + '\n';
  return text;
}

std::vector<std::pair<std::string, std::string>> properties(const Result& result) {
  const measure::Outcome& outcome = result.outcome;
  std::vector<std::pair<std::string, std::string>> all = {
      {"seed", fmt::to_string(outcome.seed)},
      {"command", result.command},
      {"world", outcome.world},
      {"runs", fmt::to_string(outcome.runs)},
      {"nodes", fmt::to_string(outcome.nodes)},
      {"verdict", std::string(verdict::to_string(result.judgement.verdict))},
  };
  if (result.command.empty()) all.erase(all.begin() + 1);
  return all;
}

/// Where expectation `i` is written.
Location place(const scenario::Scenario& scenario, std::size_t i) {
  return i < scenario.expectations.size() ? scenario.expectations[i].where : Location{.file = scenario.file};
}

}  // namespace

TestCase test_case(const verdict::Judged& judged, const Location& where, const std::string& command) {
  TestCase shown = {.name = in_full(judged), .end = end_of(judged), .where = where};
  const std::string verdict(verdict::to_string(judged.verdict));
  shown.details = fmt::format("{}: {}\n{}\n", verdict, shown.name, judged.why);
  if (shown.end == End::pass) return shown;
  shown.type = verdict;
  shown.message = judged.why;
  shown.details += to_repeat(command);
  return shown;
}

TestCase evidence_case(const verdict::Judgement& judgement, const Location& where,
                       const std::string& command) {
  TestCase shown = {.name = "evidence", .where = where};
  const bool bug = !judgement.bugs.empty();
  if (!bug && judgement.reasons.empty()) return shown;
  shown.end = End::error;
  shown.type = bug ? "bug" : "inconclusive";
  shown.message = bug ? judgement.bugs.front() : judgement.reasons.front();
  shown.details = lines(judgement.reasons);
  for (const std::string& found : judgement.bugs) shown.details += bug_report(found) + '\n';
  shown.details += to_repeat(command);
  return shown;
}

TestSuite test_suite(const Result& result) {
  TestSuite suite = {.name = result.scenario.name, .file = result.scenario.file};
  const bool in_real_time = result.outcome.lag.has_value();
  if (in_real_time) suite.seconds = static_cast<double>(result.outcome.duration) / kSecond;
  suite.properties = properties(result);
  suite.cases.push_back(evidence_case(result.judgement, {.file = suite.file}, result.command));
  const std::vector<verdict::Judged>& judged = result.judgement.expectations;
  for (std::size_t i = 0; i < judged.size(); ++i)
    suite.cases.push_back(test_case(judged[i], place(result.scenario, i), result.command));
  suite.out = to_text(result, {});
  return suite;
}

TestSuite test_suite(const Missing& missing) {
  TestSuite suite = {.name = missing.scenario.name, .file = missing.scenario.file};
  suite.properties = {{"seed", fmt::to_string(missing.scenario.seed)}, {"command", missing.command}};
  const bool skipped = missing.why.empty();
  suite.cases = {{.name = "evidence",
                  .end = skipped ? End::skipped : End::error,
                  .type = skipped ? "skipped" : "no result",
                  .message = skipped ? "it was not run" : missing.why,
                  .details = (skipped ? "it was not run" : missing.why) + '\n' + to_repeat(missing.command),
                  .where = {.file = suite.file}}};
  return suite;
}

std::vector<TestSuite> test_suites(const Results& results) {
  std::vector<TestSuite> suites;
  for (const Result& result : results.results) suites.push_back(test_suite(result));
  for (const Missing& missing : results.missing) suites.push_back(test_suite(missing));
  return suites;
}

}  // namespace hearsay::report
