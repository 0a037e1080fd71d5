#pragma once

// What the runs of the benchmark measured, and the figures that come of it.

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tools/bench/sim/contestant.hpp"

namespace hearsay::bench::sim {

/// An engine at one scenario of one size.
struct Trial {
  std::string engine;
  std::string scenario;
  std::uint32_t nodes = 0;
  friend auto operator<=>(const Trial&, const Trial&) = default;
};

/// Where a trial must have been measured, it is a bug in the caller if it was not.
class Results {
 public:
  void add(const Trial& trial, std::uint32_t seeds, const Sample& sample);
  bool has(const Trial& trial) const { return all_.contains(trial); }

  double nanoseconds(const Trial& trial) const;  ///< a message, the median over the runs
  double seeds_a_second(const Trial& trial) const;
  double peak_bytes(const Trial& trial) const;

  /// The median over the runs of how often a message of `trial` costs one of `base` in the same round.
  double ratio(const Trial& trial, const Trial& base) const;

  /// Memory a node beyond what the same engine takes for a thousand nodes.
  double bytes_a_node(const Trial& trial) const;
  static Trial small(const std::string& engine) { return {engine, "loss", 1'000}; }

 private:
  struct Run {
    double nanoseconds;
    double seeds_a_second;
    double peak_bytes;
  };

  double median_of(const Trial& trial, double Run::*figure) const;

  std::map<Trial, std::vector<Run>> all_;
};

}  // namespace hearsay::bench::sim
