// `hearsay limit`: where a condition ceases to hold as one key changes.

#include <fmt/format.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/errors.hpp"
#include "report/limit.hpp"
#include "tools/arguments.hpp"
#include "tools/commands.hpp"
#include "tools/interrupt.hpp"
#include "tools/output.hpp"
#include "tools/progress.hpp"
#include "tools/runs.hpp"
#include "tools/variants.hpp"
#include "tools/worlds.hpp"
#include "verdict/breaking_point.hpp"
#include "verdict/demand.hpp"
#include "verdict/verdict.hpp"

namespace hearsay::tools {
namespace {

struct LimitOptions {
  std::string path;
  Overrides overrides;
  std::string vary;
  std::string until;
  std::uint32_t max_runs = 500;
  std::uint32_t jobs = processors();
  double confidence = 0.95;
  bool quiet = false;
  Outputs outputs;
};

struct Interruption {};

verdict::Condition condition_of(const std::string& until, const scenario::Scenario& scenario) {
  std::vector<std::string> faults;
  for (const scenario::Fault& fault : scenario.faults) faults.push_back(fault.name);
  verdict::Condition condition = verdict::parse_condition(until, {"--until", 1, 1}, faults);
  if (!condition.is_rate())
    throw InputError("--until takes a rate, as 'commit_rate >= 99%' or 'commit_latency.p99 <= 8s'");
  return condition;
}

class Search {
 public:
  Search(const LimitOptions& options, const Axis& axis, const std::vector<Variant>& variants)
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
              .key = axis.key,
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
    const Enough enough = [&](const measure::Outcome& merged) {
      return judge(merged) != verdict::Verdict::inconclusive;
    };
    const Runs runs = run_all(scenario, options_.max_runs, world.side_by_side ? options_.jobs : 1, world.run,
                              progress, enough);
    if (runs.thrown) std::rethrow_exception(runs.thrown);
    if (interrupted() || !runs.outcome) throw Interruption();
    const verdict::Demand demand = verdict::demand(condition_, *runs.outcome);
    const verdict::Verdict verdict = verdict::judge(demand, verdict::Errors::of(confidence_));
    tried_[place] = {value(place), runs.outcome->runs, demand.rate.versions(), demand.rate.committed(),
                     verdict};
    return verdict;
  }

  const LimitOptions& options_;
  const std::vector<Variant>& variants_;
  verdict::Condition condition_;
  double confidence_;  // of each place, so that all together have what was asked
  report::Limit limit_;
  std::map<std::size_t, report::Place> tried_;
};

int search(const LimitOptions& options) {
  const Axis axis = parse_places(options.vary);
  const std::vector<Variant> places = variants({options.path}, options.overrides, grid({axis}));
  if (places.size() != axis.values.size()) throw InputError(options.path + ": limit takes one scenario");
  options.outputs.check(places.front().scenario.files);
  Search searching(options, axis, places);
  catch_interrupts();
  options.outputs.say(fmt::format("{}: seed {}, world {}, {} places, at most {} runs each\n", options.path,
                                  places.front().scenario.seed, places.front().scenario.world, places.size(),
                                  options.max_runs));
  const report::Limit limit = searching.run();
  options.outputs.say(report::to_text(limit, options.outputs.style()));
  const int exit_code = options.outputs.write([&](std::size_t) { return report::to_json(limit); });
  return limit.interrupted ? kInterrupted : exit_code;
}

}  // namespace

void add_limit(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<LimitOptions>();
  CLI::App& command =
      *app.add_subcommand("limit", "Find where a condition ceases to hold as one key changes");
  command.add_option("scenario", options->path, "A scenario file")->type_name("FILE")->required();
  command
      .add_option(
          "--vary", options->vary,
          "The key and its range, fault.loss.probability=0..70%, perhaps with a step, 0..70%:5%, or its "
          "values in order; the rate must rise or fall along them")
      ->type_name("KEY=VALUES")
      ->required();
  command.add_option("--until", options->until, "The condition, of a rate: 'commit_rate >= 99%'")
      ->type_name("CONDITION")
      ->required();
  options->overrides.add_to(command);
  command
      .add_option(
          "--max-runs", options->max_runs,
          "At most so many runs of each value that is tried; default: 500. More tell values apart that "
          "are closer to the breaking point")
      ->check(CLI::Range(1, 1'000'000))
      ->type_name("N");
  add_jobs(command, options->jobs);
  command
      .add_option("--confidence", options->confidence,
                  "That the breaking point is where it is said to be; default: 0.95")
      ->check(CLI::Range(0.5, 0.999999))
      ->type_name("SHARE");
  command.add_flag("--quiet", options->quiet, "No progress");
  options->outputs.add_to(command, "json", "one object");
  command.callback([options, &exit_code] { exit_code = search(*options); });
}

}  // namespace hearsay::tools
