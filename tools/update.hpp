#pragma once

// `hearsay check --update`.

#include <string>
#include <vector>

#include "baseline/baseline.hpp"
#include "tools/check_work.hpp"
#include "tools/checking.hpp"
#include "tools/output.hpp"

namespace hearsay::tools {

struct Update {
  const std::string& file;
  const std::string& program;  ///< the version of this one
  const Measuring& measuring;
};

/// Measures `work` twice, under its own seeds and under fresh ones, and writes the baseline with its blocks
/// anew; unless something is unsound: then the file stays as it is. Returns the exit code.
int update(const std::vector<Work>& work, const Update& update, baseline::Baseline baseline,
           const Outputs& outputs);

}  // namespace hearsay::tools
