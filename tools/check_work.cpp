#include "tools/check_work.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "base/errors.hpp"
#include "scenario/keys.hpp"
#include "scenario/text.hpp"
#include "scenario/units.hpp"
#include "tools/load.hpp"
#include "tools/other_program.hpp"
#include "tools/worlds.hpp"
#include "verdict/sample.hpp"

namespace hearsay::tools {
namespace {

using baseline::Baseline;
using baseline::Block;
using scenario::quote;
using scenario::Scenario;
using Kind = verdict::Subject::Kind;

constexpr std::uint32_t kRunsByDefault = 1'000;
constexpr std::uint32_t kRunsInRealTime = 20;

/// Said by other parts of a block, or of no consequence.
const std::set<std::string> kNoKeys = {
    "name", "seed", "world", "cluster.nodes", "cluster.commit", "cluster.start_port", "publish.versions"};

std::string commit_rule(const Scenario& scenario) {
  return scenario.cluster.commit == scenario::CommitRule::all ? "all" : "alive";
}

std::map<std::string, std::string> keys_of(const Scenario& scenario, const Overrides& overrides) {
  std::map<std::string, std::string> keys = scenario::keys_of(scenario.file, overrides.settings());
  std::erase_if(keys, [](const auto& key) { return kNoKeys.contains(key.first); });
  return keys;
}

void check_extent(const Work& work, std::vector<Problem>& problems) {
  const Scenario& scenario = work.scenario;
  const auto refuse = [&](std::string why) { problems.push_back({{scenario.file}, std::move(why)}); };
  if (scenario.seed + work.runs > baseline::kFirstFreshSeed)
    refuse(
        fmt::format("seed {} and {} runs reach those seeds, from {} up, that confirm a regression; take a "
                    "smaller seed",
                    scenario.seed, work.runs, baseline::kFirstFreshSeed));
  if (work.runs * scenario.publish.versions > baseline::kMostTrials)
    refuse(
        fmt::format("{} runs of {} versions are more than the {} versions that a check takes; lower --repeat",
                    work.runs, scenario.publish.versions, baseline::kMostTrials));
  if (work.bounds.size() > baseline::kMostBounds)
    refuse(fmt::format("its expectations judge {} times to commit within; a check takes at most {}",
                       work.bounds.size(), baseline::kMostBounds));
}

void check_names(const std::vector<Work>& all, std::vector<Problem>& problems) {
  std::map<std::string, std::string> files;
  for (const Work& work : all) {
    const auto [first, is_new] = files.emplace(work.scenario.name, work.scenario.file);
    if (!is_new)
      problems.push_back(
          {{work.scenario.file},
           fmt::format("has the name {}, as {} has; a baseline tells scenarios apart by their names",
                       quote(work.scenario.name), first->second)});
  }
}

/// Collects what of a scenario is not what its baseline measured.
class Comparability {
 public:
  Comparability(const Scenario& scenario, const std::string& baseline, std::vector<Problem>& problems)
      : scenario_(scenario), baseline_(baseline), problems_(problems) {}

  template <typename Value>
  void same(std::string_view what, const Value& before, const Value& now) {
    if (before == now) return;
    problems_.push_back(
        {{scenario_.file},
         fmt::format("{} is {} and was {} in {}: that cannot be compared; measure anew with --update", what,
                     now, before, baseline_)});
  }

 private:
  const Scenario& scenario_;
  const std::string& baseline_;
  std::vector<Problem>& problems_;
};

void tell_changes(const Block& block, const std::string& program, Work& work) {
  if (block.program != program)
    work.told.push_back(fmt::format("the baseline was measured by {}, this is {}", block.program, program));
  const auto tell = [&](const std::string& key, const std::string& before, const std::string& now) {
    work.told.push_back(fmt::format("{} was {}, now is {}", key, before, now));
  };
  for (const auto& [key, before] : block.keys) {
    const auto now = work.keys.find(key);
    if (now == work.keys.end())
      tell(key, scenario::shortened(before), "not written");
    else if (now->second != before)
      tell(key, scenario::shortened(before), scenario::shortened(now->second));
  }
  for (const auto& [key, now] : work.keys)
    if (!block.keys.contains(key)) tell(key, "not written", scenario::shortened(now));
}

/// Bounds that the baseline knows, in a world whose clock is the same everywhere.
void limit_subjects(const Block& block, Work& work) {
  const bool real_time = !world_named(work.scenario.world).deterministic;
  std::erase_if(work.subjects, [&](const verdict::Subject& subject) {
    if (subject.kind != Kind::in_time) return false;
    const std::string bound = scenario::format_duration(subject.within);
    if (real_time)
      work.told.push_back(
          fmt::format("commits within {} are not judged: real time is another on every machine; --against a "
                      "program measures "
                      "both here",
                      bound));
    else if (!block.first.within.contains(subject.within) || !block.fresh.within.contains(subject.within))
      work.told.push_back(fmt::format(
          "commits within {} are not judged: the baseline does not have them; --update adds them", bound));
    else
      return false;
    return true;
  });
}

void tell_seeds(std::uint64_t before, Work& work) {
  const std::uint64_t now = work.scenario.seed;
  const std::uint64_t apart = std::max(now, before) - std::min(now, before);
  if (apart == 0) return;
  work.told.push_back(
      fmt::format("seeds begin at {}, those of the baseline at {}: {} of {} runs share their draws, and the "
                  "others tell less",
                  now, before, apart < work.runs ? work.runs - apart : 0, work.runs));
}

void limit_runs(const Block& block, std::optional<std::uint32_t> repeat, Work& work) {
  work.runs = std::min(repeat.value_or(block.first.runs), block.first.runs);
  if (repeat && *repeat > work.runs)
    work.told.push_back(fmt::format("the baseline has {} runs, and only so many can be compared", work.runs));
  tell_seeds(block.first.seed, work);
}

}  // namespace

std::vector<Work> work_of(const std::vector<std::string>& paths, const Overrides& overrides,
                          std::optional<std::uint32_t> repeat) {
  std::vector<Work> all;
  std::vector<Problem> problems;
  for (Scenario& scenario : load(paths, overrides.settings())) {
    Work work{.scenario = std::move(scenario), .keys = {}};
    work.keys = keys_of(work.scenario, overrides);
    const bool side_by_side = world_named(work.scenario.world).side_by_side;
    work.runs = repeat.value_or(side_by_side ? kRunsByDefault : kRunsInRealTime);
    work.bounds = verdict::judged_bounds(work.scenario);
    work.subjects = {{Kind::commit_rate}};
    for (const Duration bound : work.bounds) work.subjects.push_back({Kind::in_time, bound});
    work.subjects.push_back({Kind::messages});
    all.push_back(std::move(work));
  }
  check_names(all, problems);
  if (!problems.empty()) throw InputError(std::move(problems));
  return all;
}

void hold_to(const Baseline& baseline, const std::string& file, std::optional<std::uint32_t> repeat,
             const std::string& program, std::vector<Work>& all) {
  std::vector<Problem> problems;
  for (Work& work : all) {
    const Scenario& scenario = work.scenario;
    const auto found = baseline.find(scenario.name);
    if (found == baseline.end()) {
      problems.push_back(
          {{scenario.file},
           fmt::format("{} has no scenario called {}; --update adds it", file, quote(scenario.name))});
      continue;
    }
    const Block& block = found->second;
    work.against = file;
    Comparability comparable(scenario, file, problems);
    comparable.same("world", block.world, scenario.world);
    comparable.same("cluster.nodes", block.nodes, scenario.cluster.nodes);
    comparable.same("cluster.commit", block.commit, commit_rule(scenario));
    comparable.same("publish.versions", block.first.versions, scenario.publish.versions);
    tell_changes(block, program, work);
    limit_subjects(block, work);
    limit_runs(block, repeat, work);
  }
  if (!problems.empty()) throw InputError(std::move(problems));
}

void hold_to(const OtherProgram& other, const std::string& program, std::vector<Work>& all) {
  for (Work& work : all) {
    other.check(work.scenario);
    work.against = other.path();
    work.beside = true;
    if (other.version() != program)
      work.told.push_back(fmt::format("{} is {}, this is {}", other.path(), other.version(), program));
  }
}

void check_extent(const std::vector<Work>& all) {
  std::vector<Problem> problems;
  for (const Work& work : all) check_extent(work, problems);
  if (!problems.empty()) throw InputError(std::move(problems));
}

Block block_of(const Work& work, const std::string& program) {
  return {.program = program,
          .world = work.scenario.world,
          .commit = commit_rule(work.scenario),
          .nodes = work.scenario.cluster.nodes,
          .keys = work.keys};
}

}  // namespace hearsay::tools
