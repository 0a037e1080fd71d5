#include "tools/checking.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <map>
#include <utility>

#include "baseline/baseline.hpp"
#include "runs/runs.hpp"
#include "tools/exit_code.hpp"
#include "tools/interrupt.hpp"
#include "tools/print.hpp"
#include "tools/progress.hpp"
#include "tools/worlds.hpp"
#include "verdict/evidence.hpp"
#include "verdict/verdict.hpp"

namespace hearsay::tools {
namespace {

using report::Check;
using report::CheckedSubject;
using verdict::Verdict;

std::string command_to_show(const scenario::Scenario& scenario, const Overrides& overrides,
                            std::uint64_t seed) {
  return "hearsay run " + shell_word(scenario.file) +
         Overrides{scenario.world, seed, overrides.set}.options();
}

/// Whether the machine, not the gossip, was measured.
std::optional<std::string> too_late(const Work& work, const std::optional<measure::Lag>& lag,
                                    std::optional<Duration> max_lag) {
  std::vector<verdict::Condition> conditions;
  for (const Duration bound : work.bounds) {
    conditions.emplace_back();
    conditions.back().within = bound;
  }
  return verdict::machine_too_late(work.scenario, conditions, lag, max_lag);
}

class Checking {
 public:
  Checking(const std::vector<Work>& work, double alpha, const Overrides& overrides,
           std::optional<Duration> max_lag, const std::string& command, const Measure& measure)
      : work_(work),
        alpha_(alpha),
        overrides_(overrides),
        max_lag_(max_lag),
        command_(command),
        measure_(measure) {}

  Checked all() {
    for (const Work& each : work_) {
      current_ = &each;
      guarded([&] { measure_first(each); });
      if (interrupted_) break;
    }
    if (!interrupted_) guarded([&] { find(); });
    for (Item& item : items_) conclude(item);
    Checked checked{.checks = {.all = {}, .missing = missing()}, .exit_code = exit_code_};
    for (Item& item : items_) checked.checks.all.push_back(std::move(item.check));
    return checked;
  }

 private:
  struct Item {
    const Work* work = nullptr;
    Check check;
    std::optional<Sides> first = {};  // nothing: it cannot be judged
    std::optional<Sides> fresh = {};
    std::optional<std::string> late = {};  // why the machine, not the gossip, was measured
    bool complete = false;
  };

  template <typename Action>
  void guarded(const Action& action) {
    try {
      action();
    } catch (const Interrupted& interruption) {
      if (interruption.outcome) add(*current_, *interruption.outcome);
      interrupted_ = true;
      exit_code_ = kInterrupted;
    } catch (...) {
      const Failure thrown = failure();
      tell(fmt::format("{}: {}\n", current_->scenario.file, thrown.why));
      failed_.emplace(current_, thrown.why);
      exit_code_ = worse(exit_code_, thrown.exit_code);
    }
  }

  std::vector<report::Missing> missing() const {
    std::vector<report::Missing> all;
    for (const Work& work : work_) {
      const auto is_of_it = [&](const Item& item) { return item.work == &work; };
      if (std::any_of(items_.begin(), items_.end(), is_of_it)) continue;
      const auto why = failed_.find(&work);
      all.push_back({work.scenario, command_, why == failed_.end() ? "" : why->second});
    }
    return all;
  }

  Item& add(const Work& work, measure::Outcome outcome) {
    Item item;
    item.work = &work;
    item.check.against = work.against;
    item.check.alpha = alpha_;
    item.check.told = work.told;
    item.check.result = {work.scenario, std::move(outcome), {}, command_};
    item.check.result.judgement =
        verdict::judge(work.scenario, item.check.result.outcome, {.max_lag = max_lag_});
    items_.push_back(std::move(item));
    return items_.back();
  }

  void measure_first(const Work& work) {
    Sides sides = measure_(work, work.scenario.seed);
    Item& item = add(work, sides.outcome);
    item.late = too_late(work, sides.lag, max_lag_);
    item.first = std::move(sides);
    for (const verdict::Subject& subject : work.subjects) {
      CheckedSubject checked;
      checked.subject = subject;
      checked.change = verdict::change(item.first->before, item.first->now, subject);
      checked.effect =
          verdict::effect(item.first->before, item.first->now, subject, report::kCheckConfidence);
      item.check.subjects.push_back(std::move(checked));
    }
  }

  struct Test {
    Item* item;
    CheckedSubject* checked;
  };

  /// Judges all subjects of all files together.
  void find() {
    std::vector<Test> tests;
    std::vector<verdict::Change> changes;
    for (Item& item : items_) {
      if (!item.first || item.late) continue;
      for (CheckedSubject& checked : item.check.subjects) {
        tests.push_back({&item, &checked});
        changes.push_back(checked.change);
      }
    }
    const auto confirm = [&](std::size_t test) { return confirmed(*tests[test].item, *tests[test].checked); };
    const std::vector<verdict::Finding> findings = verdict::find_regressions(changes, alpha_, confirm);
    for (std::size_t i = 0; i < tests.size(); ++i)
      describe(*tests[i].item, *tests[i].checked, findings[i], tests.size());
  }

  verdict::Change confirmed(Item& item, const CheckedSubject& checked) {
    current_ = item.work;
    if (!item.fresh) item.fresh = measure_fresh(*item.work);
    if (!item.late) item.late = too_late(*item.work, item.fresh->lag, max_lag_);
    return verdict::change(item.fresh->before, item.fresh->now, checked.subject);
  }

  /// What is measured to confirm is no result of its own.
  Sides measure_fresh(const Work& work) {
    try {
      return measure_(work, baseline::kFirstFreshSeed);
    } catch (const Interrupted&) {
      throw Interrupted{};
    }
  }

  void describe(Item& item, CheckedSubject& checked, const verdict::Finding& finding, std::size_t tests) {
    const verdict::Sample& before = item.first->before;
    const verdict::Sample& now = item.first->now;
    item.complete = true;
    checked.finding = finding;
    checked.judged = true;
    checked.smallest =
        verdict::smallest_found(before, now, checked.subject, tests, alpha_, report::kCheckPower);
    if (finding.regression) checked.worst = verdict::worst_run(before, now, checked.subject);
    if (checked.worst) checked.show = command_to_show(item.work->scenario, overrides_, checked.worst->seed);
  }

  void conclude(Item& item) {
    Check& check = item.check;
    check.reasons = check.result.judgement.reasons;
    add_lateness(item);
    const auto blind = [](const CheckedSubject& checked) {
      return checked.subject.kind != verdict::Subject::Kind::in_time && !checked.smallest &&
             checked.change.before > 0;
    };
    if (item.complete && std::any_of(check.subjects.begin(), check.subjects.end(), blind))
      check.reasons.push_back(
          fmt::format("{} are too few to find a regression, however great; give more by --repeat",
                      item.work->runs == 1 ? "1 run" : fmt::format("{} runs", item.work->runs)));
    if (!item.complete && check.reasons.empty()) check.reasons.push_back("it was not judged to the end");
    check.verdict = verdict_of(item);
    exit_code_ = worse(exit_code_, exit_code(check));
  }

  /// Unless the result says the same of this program's own part.
  void add_lateness(Item& item) {
    if (!item.late) return;
    const std::string why =
        too_late(*item.work, item.check.result.outcome.lag, max_lag_).value_or(*item.late);
    std::vector<std::string>& reasons = item.check.reasons;
    if (std::find(reasons.begin(), reasons.end(), why) == reasons.end()) reasons.push_back(why);
  }

  static Verdict verdict_of(const Item& item) {
    const auto worse = [](const CheckedSubject& checked) { return checked.finding.regression; };
    const std::vector<CheckedSubject>& subjects = item.check.subjects;
    if (!item.late && item.complete && std::any_of(subjects.begin(), subjects.end(), worse))
      return Verdict::fail;
    return item.check.reasons.empty() ? Verdict::pass : Verdict::inconclusive;
  }

  static int exit_code(const Check& check) {
    if (!check.result.judgement.bugs.empty()) return kBug;
    if (check.verdict == Verdict::fail) return kFailed;
    return check.verdict == Verdict::pass ? kPass : kInconclusive;
  }

  const std::vector<Work>& work_;
  double alpha_;
  const Overrides& overrides_;
  std::optional<Duration> max_lag_;
  const std::string& command_;
  const Measure& measure_;
  const Work* current_ = nullptr;  // being measured
  std::vector<Item> items_;
  std::map<const Work*, std::string> failed_;  // and why
  bool interrupted_ = false;
  int exit_code_ = kPass;
};

}  // namespace

measure::Outcome measure_runs(const Work& work, std::uint64_t seed, const Measuring& measuring,
                              const Beside& beside) {
  scenario::Scenario scenario = work.scenario;
  scenario.seed = seed;
  const World& world = world_named(scenario.world);
  runs::Run run = world.run;
  if (beside)
    run = [&](const scenario::Scenario& one, core::Observer& observer) {
      const bool first = (one.seed - seed) % 2 == 0;
      if (first) beside(one);
      measure::Outcome outcome = world.run(one, observer);
      if (!first && !outcome.interrupted) beside(one);
      return outcome;
    };
  const bool at_once = world.side_by_side && !beside;
  Progress progress(!measuring.quiet, std::nullopt, work.runs);
  runs::Runs all = runs::run_all(scenario, work.runs, at_once ? measuring.jobs : 1, run, progress);
  if (all.thrown) std::rethrow_exception(all.thrown);
  if (interrupted() || !all.outcome) throw Interrupted{std::move(all.outcome)};
  return *std::move(all.outcome);
}

std::vector<std::string> unsound(const Work& work, const measure::Outcome& outcome,
                                 std::optional<Duration> max_lag) {
  const verdict::Judgement judgement = verdict::judge(work.scenario, outcome, {.max_lag = max_lag});
  std::vector<std::string> why = judgement.reasons;
  why.insert(why.end(), judgement.bugs.begin(), judgement.bugs.end());
  if (const auto late = too_late(work, outcome.lag, max_lag); late && why.empty()) why.push_back(*late);
  return why;
}

Checked check_all(const std::vector<Work>& work, double alpha, const Overrides& overrides,
                  std::optional<Duration> max_lag, const std::string& command, const Measure& measure) {
  return Checking(work, alpha, overrides, max_lag, command, measure).all();
}

}  // namespace hearsay::tools
