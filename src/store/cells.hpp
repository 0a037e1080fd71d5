#pragma once

#include <cstdint>
#include <optional>

#include "measure/outcome.hpp"
#include "store/sqlite.hpp"

namespace hearsay::store {

/// What a finished cell shows.
struct Measured {
  measure::Outcome outcome;           ///< of runs that all ended by themselves
  std::optional<double> theory = {};  ///< the exact chance that a version commits, where it is known
};

/// Writes the results of a cell; within a transaction.
void write_cell(Database& database, std::int64_t cell, const Measured& measured);

/// Reads them back, all as they were. Throws InputError for a cell that is not as it was written.
Measured read_cell(Database& database, std::int64_t cell);

}  // namespace hearsay::store
