// hearsay-study: longer looks at what Hearsay measures. One word a question; `hearsay-study --help` lists
// them.

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "base/errors.hpp"
#include "runs/at_once.hpp"
#include "tools/arguments.hpp"
#include "tools/study/agreement.hpp"
#include "tools/study/engines.hpp"
#include "tools/study/false_alarms.hpp"
#include "tools/study/searches.hpp"
#include "tools/study/stopping.hpp"

namespace {

using hearsay::study::Agreement;

constexpr int kDisagreed = 1;
constexpr int kBadUsage = 64;
constexpr int kCannotRun = 69;

void add_agreement(CLI::App& app, Agreement& study, int& exit_code) {
  CLI::App* word = app.add_subcommand("agreement", "How well the live and the simulated world agree");
  word->add_option("scenarios", study.files, "Scenario files; default: five that are quick")
      ->type_name("FILE");
  word->add_option("--repeat", study.repeat, "Runs of each scenario in each world")
      ->check(CLI::Range(1, 1'000))
      ->capture_default_str();
  word->callback([&] { exit_code = run_agreement(study) ? 0 : kDisagreed; });
}

void add_false_alarms(CLI::App& app, hearsay::study::FalseAlarms& study, int& exit_code) {
  CLI::App* word = app.add_subcommand("check", "How often a check errs, and what it finds");
  word->add_option("--checks", study.checks, "Checks of systems that did not change")
      ->check(CLI::Range(2, 10'000'000))
      ->capture_default_str();
  word->add_option("--runs", study.runs, "Runs of each side of these")
      ->check(CLI::Range(2, 100'000))
      ->capture_default_str();
  word->add_option("--planted", study.planted, "Checks of each planted regression")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  hearsay::tools::add_jobs(*word, study.jobs);
  word->callback([&] { exit_code = run_false_alarms(study) ? 0 : kDisagreed; });
}

void add_searches(CLI::App& app, hearsay::study::Searches& study, int& exit_code) {
  CLI::App* word =
      app.add_subcommand("limit", "How often the interval of a search has the breaking point in it");
  word->add_option("--searches", study.searches, "Searches, each under seeds of its own")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  word->add_option("--max-runs", study.max_runs, "Runs of each place that is tried")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  hearsay::tools::add_jobs(*word, study.jobs);
  word->callback([&] { exit_code = run_searches(study) ? 0 : kDisagreed; });
}

void add_stopping(CLI::App& app, hearsay::study::Stopping& study, int& exit_code) {
  CLI::App* word = app.add_subcommand("stopping", "How often verdicts err that runs are added for");
  word->add_option("--commands", study.commands, "Commands on each system that is exactly on its bound")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  word->add_option("--tests", study.tests, "Tests by Wald of each system")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  word->callback([&] { exit_code = run_stopping(study) ? 0 : kDisagreed; });
}

void add_engines(CLI::App& app, hearsay::study::Engines& study, int& exit_code) {
  CLI::App* word =
      app.add_subcommand("engines", "Whether a plain heap gives the same digests of large clusters");
  word->add_option("scenarios", study.files, "Scenario files; default: the two of a million nodes and more")
      ->type_name("FILE");
  word->add_option("--divide", study.divide, "So many times fewer nodes than each scenario says")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  word->callback([&] { exit_code = run_engines(study) ? 0 : kDisagreed; });
}

int run(int argc, char** argv) {
  CLI::App app("Studies of Hearsay", "hearsay-study");
  app.require_subcommand(1);
  int exit_code = 0;
  Agreement agreement = {.files = hearsay::study::default_files()};
  hearsay::study::FalseAlarms false_alarms = {.jobs = hearsay::runs::processors()};
  add_agreement(app, agreement, exit_code);
  add_false_alarms(app, false_alarms, exit_code);
  hearsay::study::Searches searches = {.jobs = hearsay::runs::processors()};
  add_searches(app, searches, exit_code);
  hearsay::study::Stopping stopping;
  add_stopping(app, stopping, exit_code);
  hearsay::study::Engines engines = {.files = hearsay::study::large_files()};
  add_engines(app, engines, exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kBadUsage;
  }
  return exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const hearsay::InputError& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return kBadUsage;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "hearsay-study: %s\n", error.what());
    return kCannotRun;
  }
}
