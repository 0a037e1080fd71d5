#include "tools/study/pair.hpp"

#include <algorithm>
#include <utility>

#include "live/cluster.hpp"
#include "sim/simulation.hpp"

namespace hearsay::study {
namespace {

std::uint64_t commits(const measure::Outcome& outcome) {
  return static_cast<std::uint64_t>(std::ranges::count(outcome.versions, measure::End::committed,
                                                       [](const auto& version) { return version.end; }));
}

bool same_hits(const measure::Outcome& a, const measure::Outcome& b) {
  return std::ranges::equal(a.faults, b.faults, [](const auto& one, const auto& other) {
    return one.eligible == other.eligible && one.hit == other.hit;
  });
}

void compare(Pair& pair, const measure::Outcome& live, const measure::Outcome& sim) {
  if (live.learned_digest != sim.learned_digest) return;
  ++pair.same_nodes;
  pair.same +=
      commits(live) == commits(sim) && live.messages.sent == sim.messages.sent && same_hits(live, sim);
}

void add(measure::Outcome& all, measure::Outcome&& next) {
  if (all.versions.empty())
    all = std::move(next);
  else
    measure::merge(all, std::move(next));
}

}  // namespace

Pair run_pair(const scenario::Scenario& scenario, std::uint32_t repeat) {
  core::Observer nobody;
  Pair pair = {.scenario = scenario, .live = {}, .sim = {}};
  scenario::Scenario seeded = scenario;
  for (std::uint32_t run = 0; run < repeat; ++run, ++seeded.seed) {
    measure::Outcome live = live::run(seeded, nobody);
    measure::Outcome sim = sim::run(seeded, nobody);
    compare(pair, live, sim);
    add(pair.live, std::move(live));
    add(pair.sim, std::move(sim));
  }
  return pair;
}

bool must_agree(const scenario::Scenario& scenario) {
  return std::ranges::all_of(scenario.faults, [](const scenario::Fault& fault) {
    const bool always = fault.window.at == 0 && fault.window.length == kNever;
    return always && (fault.kind == "drop" || fault.kind == "delay");
  });
}

}  // namespace hearsay::study
