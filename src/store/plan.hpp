#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "store/sqlite.hpp"

namespace hearsay::store {

/// A key of the scenario, and the value that it has in a cell.
struct Setting {
  std::string key;
  std::string value;

  friend auto operator<=>(const Setting&, const Setting&) = default;
};

using Settings = std::vector<Setting>;

/// "gossip.fanout=3, fault.loss.probability=10%"
std::string to_string(const Settings& settings);

/// What a sweep is to measure: all that its results follow from.
struct Plan {
  std::string program;                   ///< and version that measures
  std::string command;                   ///< that measures it; only for show
  std::string file;                      ///< the scenario, as the user named it; only for show
  std::string scenario;                  ///< all of it, with the settings in force, as TOML
  std::uint32_t repeat = 1;              ///< runs a cell
  std::optional<Duration> max_lag = {};  ///< what its results are judged by
  std::vector<Settings> cells;           ///< in their order; no two alike
};

/// A plan as a file has it.
struct Stored {
  Plan plan;
  std::vector<std::int64_t> numbers;  ///< of its cells in all other tables
};

/// Throws InputError for one that makes no sense.
Stored read_plan(Database& database);

/// Writes all but the cells; within a transaction.
void write_plan(Database& database, const Plan& plan);

/// Writes what is only for show; within a transaction.
void write_names(Database& database, const Plan& plan);

/// Writes the cells of a plan in place of those of `stored`, which keep their numbers; within a transaction.
void write_cells(Database& database, const Plan& plan, const Stored& stored);

/// Why a store of one plan cannot be filled by another; nothing: it can.
std::optional<std::string> difference(const Plan& stored, const Plan& asked);

}  // namespace hearsay::store
