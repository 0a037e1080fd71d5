#include "tools/bench/sim/demands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <string_view>
#include <vector>

namespace hearsay::bench::sim {
namespace {

const Trial kSmall = {"sim", "loss", 1'000};
const Trial kHundredThousand = {"sim", "loss", 100'000};
const Trial kMillion = {"sim", "loss", 1'000'000};
const Trial kTenMillion = {"sim", "loss", 10'000'000};
const Trial kLimit = {"limit", "", 1'000'000};
const Trial kVersions = {"sim", "versions", 100'000};
constexpr double kMebibyte = 1024 * 1024;

Trial with(Trial trial, const char* scenario) {
  trial.scenario = scenario;
  return trial;
}

struct Demand {
  std::string_view what;
  double bound;
  bool at_least;  ///< else at most
  std::string_view unit;
  std::vector<Trial> needs;
  std::function<double(const Results&)> measured;
};

Demand at_most(std::string_view what, double bound, const Trial& trial, const Trial& base) {
  return {what, bound, false, "x", {trial, base}, [=](const Results& r) { return r.ratio(trial, base); }};
}

Demand bytes_at_most(std::string_view what, double bound, const Trial& trial) {
  return {what, bound, false, " B", {trial, kSmall}, [=](const Results& r) { return r.bytes_a_node(trial); }};
}

std::vector<Demand> demands() {
  return {
      at_most("loss, 10^6 nodes: of the limit", 5, kMillion, kLimit),
      at_most("faults, 10^6 nodes: of the limit", 8, with(kMillion, "faults"), kLimit),
      at_most("loss: 10^7 nodes of 10^5", 1.6, kTenMillion, kHundredThousand),
      at_most("faults: 10^7 nodes of 10^5", 1.6, with(kTenMillion, "faults"),
              with(kHundredThousand, "faults")),
      at_most("short latencies, 10^6 nodes: of loss", 3, with(kMillion, "short"), kMillion),
      at_most("exponential latencies, 10^6 nodes: of loss", 3, with(kMillion, "exponential"), kMillion),
      at_most("program, 10^6 nodes: of the engine", 1.3, {"program", "loss", 1'000'000}, kMillion),
      at_most("program, 10^7 nodes: of the engine", 1.3, {"program", "loss", 10'000'000}, kTenMillion),
      bytes_at_most("loss, 10^6 nodes: memory a node", 24, kMillion),
      bytes_at_most("faults, 10^6 nodes: memory a node", 24, with(kMillion, "faults")),
      bytes_at_most("loss, 10^7 nodes: memory a node", 16, kTenMillion),
      bytes_at_most("faults, 10^7 nodes: memory a node", 16, with(kTenMillion, "faults")),
      {"1,000 nodes: seeds a second",
       1'000,
       true,
       "",
       {kSmall},
       [](const Results& r) { return r.seeds_a_second(kSmall); }},
      {"1,000 versions at once, 10^5 nodes: memory",
       2'048,
       false,
       " MiB",
       {kVersions},
       [](const Results& r) { return r.peak_bytes(kVersions) / kMebibyte; }},
  };
}

}  // namespace

void print_demands(const Results& results) {
  fmt::print("\n{:<46}{:>12}{:>14}\n", "", "measured", "demanded");
  for (const Demand& demand : demands()) {
    if (!std::ranges::all_of(demand.needs, [&](const Trial& trial) { return results.has(trial); })) continue;
    const double measured = demand.measured(results);
    const bool met = demand.at_least ? measured >= demand.bound : measured <= demand.bound;
    const std::string figure = fmt::format("{:.{}f}{}", measured, measured < 100 ? 2 : 0, demand.unit);
    const std::string bound =
        fmt::format("{} {}{}", demand.at_least ? ">=" : "<=", demand.bound, demand.unit);
    fmt::print("{:<46}{:>12}{:>14}{}\n", demand.what, figure, bound, met ? "" : "  missed");
  }
}

}  // namespace hearsay::bench::sim
