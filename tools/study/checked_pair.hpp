#pragma once

// Two scenarios, simulated under seeds that no other pair has, and judged as `hearsay check` judges.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "scenario/scenario.hpp"
#include "verdict/regression.hpp"

namespace hearsay::study {

/// One that is compared: what it measures, and what of it is judged.
struct Contestant {
  scenario::Scenario scenario;
  std::vector<Duration> bounds;
};

Contestant contestant(const std::string& text);

/// The runs of one check of two contestants.
class CheckedPair {
 public:
  /// Pairs of other numbers share no seed; both must have the same `runs`.
  CheckedPair(const Contestant& before, const Contestant& now, std::uint32_t runs, std::uint64_t number);

  /// The tests under the first seeds.
  std::vector<verdict::Change> tests() const;

  /// Judges them at `alpha`; fresh seeds are simulated once they are asked for.
  std::vector<verdict::Finding> judge(double alpha);

  const verdict::Sample& before() const { return before_; }
  const verdict::Sample& now() const { return now_; }

 private:
  verdict::Sample measure(const Contestant& contestant, std::uint64_t part) const;

  const Contestant& contestant_before_;
  const Contestant& contestant_now_;
  std::uint32_t runs_;
  std::uint64_t number_;
  std::vector<verdict::Subject> subjects_;
  verdict::Sample before_;
  verdict::Sample now_;
  std::vector<verdict::Sample> fresh_;  // of both, once they are there
};

}  // namespace hearsay::study
