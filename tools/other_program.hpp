#pragma once

// Another hearsay, run as its users run it: what it measures, beside what this one does.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "measure/outcome.hpp"
#include "scenario/scenario.hpp"
#include "tools/arguments.hpp"
#include "verdict/sample.hpp"

namespace hearsay::tools {

class OtherProgram {
 public:
  /// Throws InputError unless there is a program at `path` that says it is hearsay, and CannotRun for one
  /// that cannot be started.
  OtherProgram(std::string path, const Overrides& overrides);

  const std::string& path() const { return path_; }

  /// "hearsay 0.1.0 (3927dc3)"
  const std::string& version() const { return version_; }

  /// Makes sure that it takes the scenario. Throws InputError with what it says.
  void check(const scenario::Scenario& scenario) const;

  /// Runs the scenario once, under its seed, and adds that to `sample` as the next run. `lag` becomes the
  /// worst there was. Throws CannotRun when that came to nothing.
  void run(const scenario::Scenario& scenario, const std::vector<Duration>& bounds, verdict::Sample& sample,
           std::optional<measure::Lag>& lag) const;

 private:
  std::vector<std::string> arguments(const scenario::Scenario& scenario) const;

  std::string path_;
  std::vector<std::string> settings_;
  std::string version_;
};

}  // namespace hearsay::tools
