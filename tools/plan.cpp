#include "tools/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "faults/sharing.hpp"
#include "report/table.hpp"
#include "scenario/phase.hpp"
#include "scenario/text.hpp"
#include "scenario/units.hpp"
#include "theory/commit_chance.hpp"
#include "verdict/budget.hpp"
#include "verdict/prospects.hpp"
#include "verdict/verdict.hpp"

namespace hearsay::tools {
namespace {

using report::Align;
using scenario::Expectation;
using scenario::format_share;
using scenario::Scenario;
using verdict::Condition;
using verdict::Limits;
using verdict::Prospect;
using verdict::Question;

/// That each run publishes, of those that the expectation is about.
std::uint64_t versions_of(const Scenario& scenario, const Expectation& expectation) {
  if (expectation.during.empty()) return scenario.publish.versions;
  const std::vector<scenario::Phase> phases = scenario::phases(scenario);
  const auto phase = std::find_if(phases.begin(), phases.end(),
                                  [&](const scenario::Phase& one) { return one.name == expectation.during; });
  std::uint64_t count = 0;
  for (std::uint64_t version = 1; version <= scenario.publish.versions; ++version)
    count += phase->window.open(static_cast<Tick>(version) * scenario.publish.interval) ? 1U : 0U;
  return count;
}

std::string_view in_words(verdict::Verdict verdict) {
  switch (verdict) {
    case verdict::Verdict::pass:
      return "passes";
    case verdict::Verdict::fail:
      return "fails";
    case verdict::Verdict::inconclusive:
      break;
  }
  return "does either";
}

class Plan {
 public:
  Plan(const std::vector<Scenario>& scenarios, const RunOptions& options) : options_(options) {
    for (const Scenario& scenario : scenarios) rates_ += verdict::count_rates(scenario);
  }

  std::string of(const Scenario& scenario) const {
    std::string text;
    const std::vector<Condition> conditions = verdict::conditions(scenario);
    for (std::size_t i = 0; i < conditions.size(); ++i)
      text += fmt::format("{}: {}", scenario.file, of(scenario, scenario.expectations[i], conditions[i]));
    return text.empty() ? scenario.file + ": expects nothing; any number of runs decides that\n" : text;
  }

 private:
  std::string of(const Scenario& scenario, const Expectation& expectation, const Condition& condition) const {
    const std::string that = scenario::escaped(expectation.that);
    if (!condition.is_rate()) return that + ": judged as observed, whatever the number of runs\n";
    const verdict::Demand demand = verdict::demand(condition, {});
    const std::uint64_t versions = versions_of(scenario, expectation);
    if (versions == 0) return that + ": no version is published in its phase; nothing decides it\n";
    if (demand.bound <= 0 || demand.bound >= 1)
      return fmt::format("{}: {} can be refuted, by one version, but not shown by any number\n", that,
                         format_share(demand.bound));
    const Question question = question_of(scenario, expectation, demand, versions);
    return fmt::format("{}: {}\n{}", that, terms(question), table(scenario, condition, question));
  }

  Question question_of(const Scenario& scenario, const Expectation& expectation,
                       const verdict::Demand& demand, std::uint64_t versions) const {
    const double error = 1 - expectation.confidence;
    const double alpha = options_.alpha ? *options_.alpha / static_cast<double>(rates_) : error;
    Question question = {.bound = demand.bound,
                         .at_least = demand.at_least,
                         .errors = {expectation.confidence, alpha},
                         .trials = versions,
                         .limits = options_.repeat.until_decided ? Limits::sequence : Limits::exact};
    if (faults::sharing(scenario)) question.limits = Limits::betting;
    if (expectation.indifference) question.test = {*expectation.indifference, alpha, error};
    return question;
  }

  std::string terms(const Question& question) const {
    std::string text = fmt::format("{} version{} a run", question.trials, question.trials == 1 ? "" : "s");
    if (question.limits == Limits::betting)
      text += ", which may all share their fate: each run is one observation";
    text += fmt::format("; a bad system passes with at most {:.3g}%, a good one fails with at most {:.3g}%",
                        100 * (1 - question.errors.confidence), 100 * question.errors.alpha);
    if (question.test)
      text += fmt::format(" (Wald's test of {} against {})", format_share(question.bound),
                          format_share(question.test->indifference));
    return text;
  }

  static void add(report::Table& table, const Question& question, const Prospect& prospect,
                  std::string_view remark) {
    const std::string runs = prospect.runs ? fmt::to_string(*prospect.runs) : "-";
    const std::string versions = prospect.runs ? fmt::to_string(*prospect.runs * question.trials) : "-";
    table.add({format_share(prospect.rate), std::string(in_words(prospect.verdict)), runs, versions,
               std::string(remark)});
  }

  static std::string table(const Scenario& scenario, const Condition& condition, const Question& question) {
    report::Table table({{"of a rate of", Align::right},
                         {"it", Align::left},
                         {"runs", Align::right},
                         {"versions", Align::right},
                         {"", Align::left}});
    for (const Prospect& prospect : verdict::prospects(question)) add(table, question, prospect, "");
    const bool at_all = condition.metric == verdict::Metric::commit_rate && !condition.within;
    if (const auto theory = at_all ? theory::commit_chance(scenario) : std::nullopt)
      add(table, question, verdict::prospect(question, *theory), "as theory has it");
    return table.text("  ");
  }

  const RunOptions& options_;
  std::size_t rates_ = 0;  // that are expected, of all scenarios
};

}  // namespace

std::string plan(const std::vector<Scenario>& scenarios, const RunOptions& options) {
  std::string text;
  const Plan plan(scenarios, options);
  for (const Scenario& scenario : scenarios) text += plan.of(scenario);
  return text + fmt::format("So many runs{} decide it 999 times in 1,000. Nothing was run.\n",
                            options.repeat.until_decided ? ", at the latest," : "");
}

}  // namespace hearsay::tools
