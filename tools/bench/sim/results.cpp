#include "tools/bench/sim/results.hpp"

#include <algorithm>

#include "tools/bench/process.hpp"

namespace hearsay::bench::sim {

void Results::add(const Trial& trial, std::uint32_t seeds, const Sample& sample) {
  all_[trial].push_back({.nanoseconds = 1e9 * sample.cpu_s / static_cast<double>(sample.messages),
                         .seeds_a_second = seeds / sample.cpu_s,
                         .peak_bytes = sample.peak_bytes});
}

double Results::median_of(const Trial& trial, double Run::*figure) const {
  std::vector<double> values;
  for (const Run& run : all_.at(trial)) values.push_back(run.*figure);
  return median(std::move(values));
}

double Results::nanoseconds(const Trial& trial) const { return median_of(trial, &Run::nanoseconds); }

double Results::seeds_a_second(const Trial& trial) const { return median_of(trial, &Run::seeds_a_second); }

double Results::peak_bytes(const Trial& trial) const { return median_of(trial, &Run::peak_bytes); }

double Results::ratio(const Trial& trial, const Trial& base) const {
  const std::vector<Run>& runs = all_.at(trial);
  const std::vector<Run>& bases = all_.at(base);
  std::vector<double> ratios;
  for (std::size_t i = 0; i < std::min(runs.size(), bases.size()); ++i)
    ratios.push_back(runs[i].nanoseconds / bases[i].nanoseconds);
  return median(std::move(ratios));
}

double Results::bytes_a_node(const Trial& trial) const {
  return (peak_bytes(trial) - peak_bytes(small(trial.engine))) / trial.nodes;
}

}  // namespace hearsay::bench::sim
