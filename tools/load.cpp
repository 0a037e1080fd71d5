#include "tools/load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include "faults/heal.hpp"
#include "faults/kinds.hpp"
#include "faults/sharing.hpp"
#include "gossip/protocols.hpp"
#include "scenario/text.hpp"
#include "scenario/units.hpp"
#include "tools/worlds.hpp"
#include "verdict/demand.hpp"
#include "verdict/during.hpp"
#include "verdict/verdict.hpp"

namespace hearsay::tools {
namespace {

namespace fs = std::filesystem;

scenario::Known make_known() {
  scenario::Known known;
  for (const faults::Kind& kind : faults::kinds()) known.faults.push_back(kind.known);
  for (const gossip::Protocol& protocol : gossip::protocols())
    known.protocols.push_back(protocol.declaration);
  for (const World& world : worlds()) known.worlds.push_back(world.name);
  return known;
}

std::vector<fs::path> files_of(const std::string& path) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return {path};
  std::vector<fs::path> files;
  fs::directory_iterator entries(path, error);
  if (error) throw InputError(fmt::format("{}: cannot be read: {}", path, error.message()));
  for (const fs::directory_entry& entry : entries)
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  if (files.empty()) throw InputError(fmt::format("{}: there is no .toml file in this folder", path));
  std::sort(files.begin(), files.end());
  return files;
}

/// What keeps recovery from ever being seen.
std::optional<std::string> unseen_recovery(const scenario::Scenario& scenario) {
  const std::optional<Tick> heal = faults::heal(scenario);
  if (!heal)
    return "no fault heals: recovery needs one that closes (\"for\" or \"until\") or restarts its nodes, and "
           "does not repeat";
  const Tick last = scenario::last_deadline(scenario);
  if (*heal <= last) return {};
  return fmt::format(
      "the faults have healed only at {}, after the last deadline, {}; recovery would never be seen",
      scenario::format_duration(*heal), scenario::format_duration(last));
}

/// Why Wald's test makes no sense of an expectation.
std::optional<std::string> no_indifference(const scenario::Scenario& scenario,
                                           const scenario::Expectation& expectation,
                                           const verdict::Condition& condition) {
  if (!condition.is_rate())
    return "\"indifference\" is of rates only: \"" + expectation.that + "\" is judged as observed";
  const verdict::Demand demand = verdict::demand(condition, {});
  const double indifference = *expectation.indifference;
  if (demand.bound <= 0 || demand.bound >= 1)
    return fmt::format("\"indifference\" is of no use for {}, which a single version refutes",
                       scenario::format_share(demand.bound));
  const bool worse = demand.at_least ? indifference < demand.bound : indifference > demand.bound;
  if (!worse || indifference <= 0 || indifference >= 1)
    return fmt::format("\"indifference\" must be worse than {}, which is expected, and between 0% and 100%",
                       scenario::format_share(demand.bound));
  if (const auto fault = faults::sharing(scenario))
    return fmt::format(
        "\"indifference\" takes every version for a trial of its own, but what fault {} draws is shared by "
        "the "
        "versions of a run; leave it out, and the runs are judged",
        scenario::quote(*fault));
  return {};
}

void check(const scenario::Scenario& scenario, const scenario::Expectation& expectation,
           const std::vector<std::string>& faults, std::vector<Problem>& problems) {
  const verdict::Condition condition = verdict::parse_condition(expectation.that, expectation.where, faults);
  if (expectation.confidence_at && !condition.is_rate())
    problems.push_back({*expectation.confidence_at, "\"confidence\" is of rates only: \"" + expectation.that +
                                                        "\" is judged as observed"});
  if (expectation.indifference)
    if (const auto why = no_indifference(scenario, expectation, condition))
      problems.push_back({expectation.indifference_at.value_or(expectation.where), *why});
  if (const auto why = verdict::not_of_a_phase(condition); why && expectation.during_at)
    problems.push_back({*expectation.during_at, *why});
  if (condition.metric != verdict::Metric::recovery) return;
  if (const auto why = unseen_recovery(scenario)) problems.push_back({expectation.where, *why});
}

template <typename Work>
void collect(std::vector<Problem>& problems, Work work) {
  try {
    work();
  } catch (const InputError& error) {
    problems.insert(problems.end(), error.problems().begin(), error.problems().end());
  }
}

}  // namespace

const scenario::Known& known() {
  static const scenario::Known known = make_known();
  return known;
}

std::vector<scenario::Scenario> load(const std::vector<std::string>& paths,
                                     const std::vector<std::string>& settings) {
  std::vector<Problem> problems;
  std::vector<scenario::Scenario> scenarios;
  const auto load_one = [&](const fs::path& file) {
    scenarios.push_back(scenario::read(file, known(), settings));
    validate(scenarios.back());
  };
  for (const std::string& path : paths)
    collect(problems, [&] {
      for (const fs::path& file : files_of(path)) collect(problems, [&] { load_one(file); });
    });
  if (!problems.empty()) throw InputError(std::move(problems));
  return scenarios;
}

scenario::Scenario load_text(const std::string& text, const std::string& file,
                             const std::vector<std::string>& settings) {
  scenario::Scenario scenario = scenario::read_text(text, file, known(), settings);
  validate(scenario);
  return scenario;
}

void validate(const scenario::Scenario& scenario) {
  std::vector<Problem> problems = faults::problems(scenario);
  const std::vector<std::string> names = scenario::names(scenario.faults);
  for (const scenario::Expectation& expectation : scenario.expectations)
    collect(problems, [&] { check(scenario, expectation, names, problems); });
  if (!problems.empty()) throw InputError(std::move(problems));
}

}  // namespace hearsay::tools
