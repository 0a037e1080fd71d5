#pragma once

// The search of `hearsay limit`.

#include <cstdint>
#include <string>
#include <vector>

#include "report/limit.hpp"
#include "runs/at_once.hpp"
#include "tools/arguments.hpp"
#include "tools/variants.hpp"

namespace hearsay::tools {

struct SearchOptions {
  std::string until;             ///< the condition, of a rate
  std::uint32_t max_runs = 500;  ///< of each place that is tried
  std::uint32_t jobs = runs::processors();
  double confidence = 0.95;
  bool quiet = false;
};

/// Looks for the place among `places`, along which `key` varies, where the condition ceases to hold. Each has
/// one setting. Throws InputError for a condition that is none, or not of a rate; what a run throws ends it.
report::Limit search_limit(const std::string& key, const std::vector<Variant>& places,
                           const SearchOptions& options);

/// What is wrong with the condition; throws InputError.
void validate_search(const std::vector<Variant>& places, const SearchOptions& options);

}  // namespace hearsay::tools
