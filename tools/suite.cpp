#include "tools/suite.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <optional>
#include <string>
#include <utility>

#include "report/report.hpp"
#include "report/test_suite.hpp"
#include "runs/runs.hpp"
#include "tools/annotate.hpp"
#include "tools/determinism.hpp"
#include "tools/exit_code.hpp"
#include "tools/interrupt.hpp"
#include "tools/print.hpp"
#include "tools/progress.hpp"
#include "tools/tracing.hpp"
#include "tools/worlds.hpp"
#include "verdict/budget.hpp"
#include "verdict/verdict.hpp"

namespace hearsay::tools {
namespace {

/// The runs of one scenario, merged.
runs::Runs measure_all(const scenario::Scenario& scenario, const RunOptions& options,
                       const verdict::JudgeOptions& judging, runs::Watch& watch) {
  const World& world = world_named(scenario.world);
  runs::Run run = world.run;
  File trace(nullptr, &std::fclose);
  if (options.outputs.has_trace()) {
    trace = options.outputs.open_trace();
    const auto first_seed = options.repeat.runs > 1 ? std::optional(scenario.seed) : std::nullopt;
    run = traced(run, {trace.get(), options.outputs.trace_name()}, first_seed);
  }
  if (options.check_determinism) run = checked(run, world.run);
  const bool side_by_side = world.side_by_side && trace == nullptr;
  runs::Enough enough;
  if (options.repeat.until_decided)
    enough = [&](const measure::Outcome& merged) {
      return verdict::rates_decided(scenario, merged, judging);
    };
  return runs::run_all(scenario, options.repeat.runs, side_by_side ? options.jobs : 1, run, watch, enough);
}

class Suite {
 public:
  Suite(const std::vector<scenario::Scenario>& scenarios, const RunOptions& options)
      : scenarios_(scenarios), options_(options) {
    for (const scenario::Scenario& scenario : scenarios) rates_ += verdict::count_rates(scenario);
    all_.several = scenarios.size() > 1;
  }

  int run() {
    bool ended = false;
    for (const scenario::Scenario& scenario : scenarios_) {
      ended ? leave_out(scenario, "") : run_guarded(scenario);
      ended |= interrupted() || (options_.fail_fast && exit_code_ != kPass);
    }
    if (judges_together()) judge_together();
    if (interrupted()) exit_code_ = kInterrupted;
    if (!all_.results.empty())
      options_.outputs.say("\n" + report::summary_table(all_.results, options_.outputs.style()));
    const auto text = [&](std::size_t format) { return report::formats()[format].write(all_); };
    exit_code_ = worse(exit_code_, options_.outputs.write(text));
    options_.outputs.say(annotations_of(report::test_suites(all_)));
    for (const std::string& command : to_repeat_) options_.outputs.say("to repeat: " + command + "\n");
    return exit_code_;
  }

 private:
  /// Holm looks at all rates before he decides on any; split evenly, each can be decided by itself.
  bool judges_together() const { return options_.alpha && !options_.repeat.until_decided; }

  verdict::JudgeOptions judging(const scenario::Scenario& scenario) const {
    verdict::JudgeOptions judging = {.max_lag = options_.max_lag, .alphas = {}};
    if (options_.alpha && !judges_together())
      judging.alphas.assign(scenario.expectations.size(), *options_.alpha / static_cast<double>(rates_));
    return judging;
  }

  void run_guarded(const scenario::Scenario& scenario) {
    try {
      run_one(scenario);
    } catch (...) {
      const Failure thrown = failure();
      tell(fmt::format("{}: {}\n", scenario.file, thrown.why));
      leave_out(scenario, thrown.why);
      end(scenario, thrown.exit_code);
    }
  }

  void run_one(const scenario::Scenario& scenario) {
    options_.outputs.say(options_in_force(scenario, options_));
    std::optional<Progress> progress(std::in_place, !options_.quiet, options_.timeout, options_.repeat.runs);
    runs::Runs merged = measure_all(scenario, options_, judging(scenario), *progress);
    progress.reset();
    if (merged.outcome)
      all_.results.push_back(
          {scenario, *std::move(merged.outcome), {}, command_to_repeat(scenario, options_)});
    if (merged.outcome && !judges_together()) conclude(all_.results.back(), judging(scenario));
    if (merged.thrown) std::rethrow_exception(merged.thrown);
  }

  void judge_together() {
    std::vector<verdict::Measured> measured;
    for (const report::Result& result : all_.results)
      measured.push_back({&result.scenario, &result.outcome, options_.max_lag});
    const auto alphas = verdict::split_by_holm(measured, rates_, *options_.alpha);
    for (std::size_t i = 0; i < all_.results.size(); ++i)
      conclude(all_.results[i], {.max_lag = options_.max_lag, .alphas = alphas[i]});
  }

  void conclude(report::Result& result, const verdict::JudgeOptions& judging) {
    result.judgement = verdict::judge(result.scenario, result.outcome, judging);
    if (!options_.quiet) options_.outputs.say(report::to_text(result, options_.outputs.style()));
    const bool stopped = interrupted() && result.outcome.interrupted;
    end(result.scenario, stopped ? kInterrupted : exit_code_of(result.judgement));
  }

  void leave_out(const scenario::Scenario& scenario, const std::string& why) {
    all_.missing.push_back({scenario, command_to_repeat(scenario, options_), why});
  }

  void end(const scenario::Scenario& scenario, int exit_code) {
    exit_code_ = worse(exit_code_, exit_code);
    if (exit_code == kPass || exit_code == kInterrupted) return;
    const std::string command = command_to_repeat(scenario, options_);
    if (std::find(to_repeat_.begin(), to_repeat_.end(), command) == to_repeat_.end())
      to_repeat_.push_back(command);
  }

  const std::vector<scenario::Scenario>& scenarios_;
  const RunOptions& options_;
  std::size_t rates_ = 0;  // that are expected, of all scenarios
  report::Results all_;
  std::vector<std::string> to_repeat_;
  int exit_code_ = kPass;
};

}  // namespace

int run_suite(const std::vector<scenario::Scenario>& scenarios, const RunOptions& options) {
  return Suite(scenarios, options).run();
}

}  // namespace hearsay::tools
