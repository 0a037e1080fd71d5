#include "tools/study/stopping.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "base/random.hpp"
#include "report/table.hpp"
#include "runs/runs.hpp"
#include "scenario/units.hpp"
#include "tools/print.hpp"
#include "verdict/beta.hpp"
#include "verdict/sprt.hpp"
#include "verdict/verdict.hpp"

namespace hearsay::study {
namespace {

using report::Align;
using verdict::Verdict;

constexpr Version kVersions = 20;  // a run
constexpr double kRarity = 1e-5;   // counts rarer than this fail the study
constexpr double kRates[] = {0.99, 0.95, 0.5};

/// Draws, one after the other.
class Coins {
 public:
  Coins(std::uint64_t seed, std::string_view purpose) : key_(seed, purpose) {}
  bool next(const Chance& chance) { return chance.hits(key_.block(n_++, 0, 0, 0)[0]); }

 private:
  Key key_;
  std::uint32_t n_ = 0;
};

/// A run in which each version commits with that chance; or, where they share their fate, all or none.
measure::Outcome run_of(std::uint64_t seed, double rate, bool shared) {
  Coins coins(seed, "study");
  measure::Outcome outcome;
  outcome.seed = seed;
  outcome.unit = shared ? measure::Unit::run : measure::Unit::version;
  const Chance chance(rate);
  const bool all = shared && coins.next(chance);
  for (Version version = 1; version <= kVersions; ++version) {
    measure::VersionRecord record;
    record.version = version;
    const bool commits = shared ? all : coins.next(chance);
    record.end = commits ? measure::End::committed : measure::End::lost;
    if (commits) record.committed = 1;
    outcome.versions.push_back(record);
  }
  return outcome;
}

scenario::Scenario on_its_bound(double rate) {
  scenario::Scenario scenario;
  scenario.expectations.push_back(
      {.that = "commit_rate >= " + scenario::format_share(rate), .where = {"study"}});
  return scenario;
}

/// Whether errors of `chance` at most come as often as `count` times in `all` more than once in 1/kRarity.
bool plausible(std::uint64_t count, std::uint64_t all, double chance) {
  return verdict::binomial_at_least(count, all, chance) > kRarity;
}

bool study_auto(const Stopping& study, double rate, bool shared, report::Table& table) {
  const scenario::Scenario expected = on_its_bound(rate);
  const runs::Run run = [&](const scenario::Scenario& scenario, core::Observer&) {
    return run_of(scenario.seed, rate, shared);
  };
  runs::Watch nobody;
  std::uint64_t passed = 0, failed = 0, all_runs = 0;
  for (std::uint32_t i = 0; i < study.commands; ++i) {
    scenario::Scenario scenario = expected;
    scenario.seed = 1 + std::uint64_t{i} * study.max_runs;
    const runs::Runs found = runs::run_all(
        scenario, study.max_runs, 1, run, nobody,
        [&](const measure::Outcome& merged) { return verdict::rates_decided(scenario, merged); });
    const Verdict verdict = verdict::judge(scenario, *found.outcome).expectations.front().verdict;
    passed += verdict == Verdict::pass;
    failed += verdict == Verdict::fail;
    all_runs += found.outcome->runs;
  }
  const double count = study.commands;
  table.add({scenario::format_share(rate), shared ? "run" : "version",
             fmt::format("{:.2f}%", 100 * static_cast<double>(passed) / count),
             fmt::format("{:.2f}%", 100 * static_cast<double>(failed) / count),
             fmt::format("{:.1f}", static_cast<double>(all_runs) / count)});
  return plausible(passed, study.commands, 0.05) && plausible(failed, study.commands, 0.05);
}

struct Course {
  std::uint64_t good = 0;
  std::uint64_t trials = 0;
};

Course course(const verdict::Sprt& test, double rate, std::uint32_t tests) {
  Course course;
  Coins coins(1, fmt::format("wald {}", rate));
  const Chance chance(rate);
  for (std::uint32_t i = 0; i < tests; ++i) {
    std::uint64_t k = 0, n = 0;
    verdict::Sprt::Decision decision = verdict::Sprt::Decision::none;
    while (decision == verdict::Sprt::Decision::none) {
      k += coins.next(chance) ? 1U : 0U;
      decision = test.decide(k, ++n);
    }
    course.good += decision == verdict::Sprt::Decision::good;
    course.trials += n;
  }
  return course;
}

bool study_wald(const Stopping& study) {
  constexpr double kGood = 0.99, kBad = 0.95, kError = 0.05;
  const verdict::Sprt test(verdict::with_errors_at_most(kGood, kBad, kError, kError));
  report::Table table({{"rate", Align::right},
                       {"passes", Align::right},
                       {"formula", Align::right},
                       {"versions", Align::right},
                       {"formula", Align::right}});
  bool right = true;
  for (const double rate : {0.998, 0.99, 0.98, 0.97, 0.95, 0.9}) {
    const Course found = course(test, rate, study.tests);
    const double tests = study.tests;
    table.add({scenario::format_share(rate),
               fmt::format("{:.2f}%", 100 * static_cast<double>(found.good) / tests),
               fmt::format("{:.2f}%", 100 * test.taken_for_good(rate)),
               fmt::format("{:.1f}", static_cast<double>(found.trials) / tests),
               fmt::format("{:.1f}", test.expected_trials(rate))});
    if (rate >= kGood) right &= plausible(study.tests - found.good, study.tests, kError);
    if (rate <= kBad) right &= plausible(found.good, study.tests, kError);
  }
  tools::print(fmt::format("Wald's test of 99% or more against 95% or less, errors of 5%, {} times each\n{}",
                           study.tests, table.text("  ")));
  return right;
}

}  // namespace

bool run_stopping(const Stopping& study) {
  report::Table table({{"rate", Align::right},
                       {"unit", Align::left},
                       {"passes", Align::right},
                       {"fails", Align::right},
                       {"runs on average", Align::right}});
  bool right = true;
  for (const bool shared : {false, true})
    for (const double rate : kRates) right &= study_auto(study, rate, shared, table);
  tools::print(
      fmt::format("--repeat auto on systems exactly on their bound, at most {} runs of {} versions, {} times "
                  "each; 5% of each error is allowed\n{}\n",
                  study.max_runs, kVersions, study.commands, table.text("  ")));
  return study_wald(study) && right;
}

}  // namespace hearsay::study
