#pragma once

// What `hearsay check` has to do: scenarios, and what they are held to.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "baseline/baseline.hpp"
#include "scenario/scenario.hpp"
#include "tools/arguments.hpp"
#include "verdict/regression.hpp"

namespace hearsay::tools {

class OtherProgram;

/// One scenario to measure.
struct Work {
  scenario::Scenario scenario;
  std::map<std::string, std::string> keys;  ///< as it is now
  std::uint32_t runs = 0;
  std::vector<Duration> bounds = {};            ///< that its expectations judge
  std::vector<verdict::Subject> subjects = {};  ///< what of it can be judged
  std::vector<std::string> told = {};           ///< what differs from the baseline, and what is not judged
  std::string against = {};  ///< the baseline, or the program that is measured beside this one
  bool beside = false;       ///< it is a program
};

/// The scenarios of `paths`, each with `repeat` runs, or as many as its world is worth. Throws InputError
/// with what is wrong with any of them, two of one name included.
std::vector<Work> work_of(const std::vector<std::string>& paths, const Overrides& overrides,
                          std::optional<std::uint32_t> repeat);

/// Holds `work` to a baseline: what cannot be compared throws InputError; all else is told. Without `repeat`
/// there are as many runs as the baseline has; there are never more. `program` is the version of this one.
void hold_to(const baseline::Baseline& baseline, const std::string& file, std::optional<std::uint32_t> repeat,
             const std::string& program, std::vector<Work>& work);

/// Has `work` held to a program that is measured beside this one, whose versions these are.
void hold_to(const OtherProgram& other, const std::string& program, std::vector<Work>& work);

/// Makes sure that all of it can be measured and stored; throws InputError.
void check_extent(const std::vector<Work>& work);

/// The block that a baseline has, or gets, of a scenario, without its samples.
baseline::Block block_of(const Work& work, const std::string& program);

}  // namespace hearsay::tools
