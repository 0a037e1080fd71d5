#include "tools/study/searches.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "report/limit.hpp"
#include "scenario/reader.hpp"
#include "scenario/units.hpp"
#include "theory/push_law.hpp"
#include "tools/limit_search.hpp"
#include "tools/load.hpp"
#include "tools/print.hpp"

namespace hearsay::study {
namespace {

constexpr double kBound = 0.99;
constexpr double kConfidence = 0.95;
constexpr const char* kKey = "fault.loss.probability";

constexpr const char* kPush = R"(
world = "sim"
cluster.nodes = 50
gossip = { fanout = 3, rounds = 5, interval = "1s" }
publish = { versions = 20, deadline = "60s" }
[[fault]]
name = "loss"
kind = "drop"
probability = 0
)";

/// The loss up to which at least kBound of the versions commit.
double exact_breaking_point() {
  double holds = 0;
  double fails = 1;
  while (fails - holds > 1e-9) {
    const double middle = (holds + fails) / 2;
    (theory::push_reaches_all(50, 3, 5, middle, 3) >= kBound ? holds : fails) = middle;
  }
  return holds;
}

/// Losses of 0..40 % in steps of a quarter of a percent.
std::vector<tools::Variant> places(std::uint64_t seed) {
  scenario::Scenario scenario = scenario::read_text(kPush, "push.toml", tools::known());
  scenario.seed = seed;
  std::vector<tools::Variant> all;
  for (int step = 0; step <= 160; ++step) {
    const double loss = step / 400.0;
    scenario.faults.front().parameters["probability"] = loss;
    all.push_back({{{kKey, scenario::format_share(loss)}}, scenario});
  }
  return all;
}

/// What searches found.
struct Tally {
  std::uint32_t covered = 0;
  std::uint32_t two_sided = 0;
  std::vector<double> widths = {};
};

void count(const report::Limit& limit, double exact, Tally& tally) {
  const auto loss = [](const std::optional<std::string>& text, double none) {
    return text ? scenario::parse_share(*text).value() : none;
  };
  const double holds = loss(limit.holds, 0);
  const double fails = loss(limit.fails, 1);
  tally.covered += holds <= exact && exact <= fails;
  if (!limit.holds || !limit.fails) return;
  ++tally.two_sided;
  tally.widths.push_back(fails - holds);
}

}  // namespace

bool run_searches(const Searches& study) {
  const double exact = exact_breaking_point();
  tools::print(fmt::format("push, 50 nodes, fanout 3: 99% commit at a loss of {:.4f}%\n", 100 * exact));
  Tally tally;
  for (std::uint32_t i = 0; i < study.searches; ++i) {
    const std::uint64_t seed = 1 + std::uint64_t{i} * study.max_runs;
    count(tools::search_limit(kKey, places(seed),
                              {.until = "commit_rate >= 99%",
                               .max_runs = study.max_runs,
                               .jobs = study.jobs,
                               .confidence = kConfidence,
                               .quiet = true}),
          exact, tally);
  }
  std::sort(tally.widths.begin(), tally.widths.end());
  tools::print(fmt::format(
      "{} searches, at most {} runs of 20 versions a place: {} have it in their interval; {} found "
      "both ends, {:.2f}% apart at the median\n",
      study.searches, study.max_runs, tally.covered, tally.two_sided,
      tally.widths.empty() ? 0 : 100 * tally.widths[tally.widths.size() / 2]));
  return tally.covered >= kConfidence * study.searches;
}

}  // namespace hearsay::study
