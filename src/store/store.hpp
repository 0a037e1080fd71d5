#pragma once

// What a sweep has measured so far, in a file that outlives it: docs/store.md.

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "store/cells.hpp"
#include "store/claim.hpp"
#include "store/plan.hpp"
#include "store/sqlite.hpp"

namespace hearsay::store {

/// An SQLite file in WAL mode. A cell is written in one transaction: it is there with all it has, or not at
/// all, whenever the process ends and whatever the disk has room for. Any thread may use it, at any time; it
/// serves one after the other.
class Store {
 public:
  /// Opens a store to be filled, and makes it if there is none at `path`, or an empty file. One that is there
  /// must be of the same plan, but the plan's cells may be more than it has: then it gets room for them, and
  /// their order, and its names for the scenario and for the command that goes on. Nobody else can fill it
  /// meanwhile.
  ///
  /// Throws InputError for a file that is no store, is damaged, cannot be written, or is of another plan,
  /// saying what differs; CannotRun for one that another process fills or has locked.
  Store(const std::string& path, const Plan& plan);

  /// Opens a store to be read, as it is at this instant, be it filled meanwhile or not writable. Throws as
  /// above, and for a file that is not there.
  explicit Store(const std::string& path);

  const Plan& plan() const { return plan_; }

  /// Of a cell, by its place in the plan.
  bool has(std::size_t cell) const;
  std::size_t finished() const;

  /// Writes what a cell that it does not have shows. Throws CannotRun, and InputError if the file turns out
  /// to be damaged; it is then as before.
  void keep(std::size_t cell, const Measured& measured);

  /// What cells that it has show, in the order given. Throws InputError if that is damaged.
  std::vector<Measured> load(std::span<const std::size_t> cells);

 private:
  void create(const Plan& plan);
  void resume(const Plan& plan);
  void read();

  std::optional<Claim> claim_;  // before all that opens the file
  Database database_;
  Plan plan_;
  std::vector<std::int64_t> numbers_;  // of the cells in the file
  mutable std::mutex mutex_;           // of the database and of what is finished
  std::vector<bool> finished_;
};

}  // namespace hearsay::store
