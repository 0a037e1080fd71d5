#pragma once

// Where a condition ceases to hold as one key of a scenario changes, and how it is shown.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/comparison.hpp"
#include "verdict/breaking_point.hpp"
#include "verdict/verdict.hpp"

namespace hearsay::report {

/// One value that was tried.
struct Place {
  std::string value;
  std::uint64_t runs = 0;
  std::uint64_t versions = 0;   ///< that settled
  std::uint64_t committed = 0;  ///< as the condition demands it
  verdict::Verdict verdict = verdict::Verdict::inconclusive;
};

struct Limit {
  std::string scenario;
  std::string file;
  std::string world;
  std::uint64_t seed = 0;
  std::string key;
  std::string until;  ///< the condition
  double confidence = 0.95;
  std::vector<Place> places = {};         ///< in the order of their values
  std::optional<std::string> holds = {};  ///< the value nearest to the breaking point that was shown to hold
  std::optional<std::string> fails = {};  ///< and to fail
  bool interrupted = false;
};

/// One line a place, then the answer.
std::string to_text(const Limit& limit, const TextStyle& style);

/// One object: schema "hearsay/limit/1", scenario, file, world, seed, key, until, confidence, holds, fails
/// (null: none was found), interrupted, and places with value, runs, versions, committed and verdict.
std::string to_json(const Limit& limit);

/// A format that `hearsay limit --NAME FILE` writes.
struct LimitFormat {
  std::string_view name;
  std::string_view summary;
  std::string (*write)(const Limit& limit);
};

/// json alone.
const std::vector<LimitFormat>& limit_formats();

}  // namespace hearsay::report
