#include "tools/limit_search.hpp"

#include <map>
#include <optional>
#include <utility>

#include "base/errors.hpp"
#include "runs/runs.hpp"
#include "tools/interrupt.hpp"
#include "tools/progress.hpp"
#include "tools/worlds.hpp"
#include "verdict/breaking_point.hpp"
#include "verdict/demand.hpp"
#include "verdict/verdict.hpp"

namespace hearsay::tools {
namespace {

struct Interruption {};

verdict::Condition condition_of(const std::string& until, const scenario::Scenario& scenario) {
  verdict::Condition condition = verdict::parse_condition(until, {"--until", 1, 1}, names(scenario.faults));
  if (!condition.is_rate())
    throw InputError("--until takes a rate, as 'commit_rate >= 99%' or 'commit_latency.p99 <= 8s'");
  return condition;
}

class Search {
 public:
  Search(const std::string& key, const std::vector<Variant>& variants, const SearchOptions& options)
      : options_(options),
        variants_(variants),
        condition_(condition_of(options.until, variants.front().scenario)),
        confidence_(1 -
                    (1 - options.confidence) / static_cast<double>(verdict::most_probes(variants.size()))) {
    const scenario::Scenario& scenario = variants.front().scenario;
    limit_ = {.scenario = scenario.name,
              .file = scenario.file,
              .world = scenario.world,
              .seed = scenario.seed,
              .key = key,
              .until = options.until,
              .confidence = options.confidence};
  }

  report::Limit run() {
    try {
      const auto probe = [this](std::size_t place) { return measure(place); };
      const verdict::Bracket found = verdict::find_breaking_point(variants_.size(), probe);
      if (found.holds) limit_.holds = value(*found.holds);
      if (found.fails) limit_.fails = value(*found.fails);
    } catch (const Interruption&) {
      limit_.interrupted = true;
    }
    for (auto& [place, tried] : tried_) limit_.places.push_back(std::move(tried));
    return limit_;
  }

 private:
  const std::string& value(std::size_t place) const { return variants_[place].settings.front().value; }

  verdict::Verdict judge(const measure::Outcome& outcome) const {
    return verdict::judge(verdict::demand(condition_, outcome), verdict::Errors::of(confidence_));
  }

  verdict::Verdict measure(std::size_t place) {
    const scenario::Scenario& scenario = variants_[place].scenario;
    const World& world = world_named(scenario.world);
    Progress progress(!options_.quiet, std::nullopt, options_.max_runs);
    const runs::Enough enough = [&](const measure::Outcome& merged) {
      return judge(merged) != verdict::Verdict::inconclusive;
    };
    const runs::Runs all = runs::run_all(scenario, options_.max_runs, world.side_by_side ? options_.jobs : 1,
                                         world.run, progress, enough);
    if (all.thrown) std::rethrow_exception(all.thrown);
    if (interrupted() || !all.outcome) throw Interruption();
    const verdict::Demand demand = verdict::demand(condition_, *all.outcome);
    const verdict::Verdict verdict = verdict::judge(demand, verdict::Errors::of(confidence_));
    tried_[place] = {value(place), all.outcome->runs, demand.rate.versions(), demand.rate.committed(),
                     verdict};
    return verdict;
  }

  const SearchOptions& options_;
  const std::vector<Variant>& variants_;
  verdict::Condition condition_;
  double confidence_;  // of each place, so that all together have what was asked
  report::Limit limit_;
  std::map<std::size_t, report::Place> tried_;
};

}  // namespace

report::Limit search_limit(const std::string& key, const std::vector<Variant>& places,
                           const SearchOptions& options) {
  return Search(key, places, options).run();
}

void validate_search(const std::vector<Variant>& places, const SearchOptions& options) {
  condition_of(options.until, places.front().scenario);
}

}  // namespace hearsay::tools
