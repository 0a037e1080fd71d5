#include "tools/study/checked_pair.hpp"

#include <utility>

#include "core/observer.hpp"
#include "scenario/reader.hpp"
#include "sim/simulation.hpp"
#include "tools/load.hpp"
#include "verdict/sample.hpp"

namespace hearsay::study {

using Kind = verdict::Subject::Kind;

Contestant contestant(const std::string& text) {
  scenario::Scenario scenario = scenario::read_text(text, "the study", tools::known());
  std::vector<Duration> bounds = verdict::judged_bounds(scenario);
  return {std::move(scenario), std::move(bounds)};
}

CheckedPair::CheckedPair(const Contestant& before, const Contestant& now, std::uint32_t runs,
                         std::uint64_t number)
    : contestant_before_(before), contestant_now_(now), runs_(runs), number_(number) {
  before_ = measure(before, 0);
  now_ = measure(now, 1);
  subjects_ = {{Kind::commit_rate}};
  for (const Duration bound : before.bounds) subjects_.push_back({Kind::in_time, bound});
  subjects_.push_back({Kind::messages});
}

verdict::Sample CheckedPair::measure(const Contestant& contestant, std::uint64_t part) const {
  core::Observer nobody;
  scenario::Scenario scenario = contestant.scenario;
  scenario.seed = (4 * number_ + part) * runs_ + 1;
  measure::Outcome merged = sim::run(scenario, nobody);
  for (std::uint32_t run = 1; run < runs_; ++run) {
    ++scenario.seed;
    measure::merge(merged, sim::run(scenario, nobody));
  }
  return verdict::sample_of(merged, contestant.bounds);
}

std::vector<verdict::Change> CheckedPair::tests() const {
  std::vector<verdict::Change> all;
  for (const verdict::Subject& subject : subjects_) all.push_back(verdict::change(before_, now_, subject));
  return all;
}

std::vector<verdict::Finding> CheckedPair::judge(double alpha) {
  return verdict::find_regressions(tests(), alpha, [&](std::size_t test) {
    if (fresh_.empty()) fresh_ = {measure(contestant_before_, 2), measure(contestant_now_, 3)};
    return verdict::change(fresh_[0], fresh_[1], subjects_[test]);
  });
}

}  // namespace hearsay::study
