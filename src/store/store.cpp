#include "store/store.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <system_error>
#include <utility>

#include "base/check.hpp"
#include "base/errors.hpp"
#include "store/schema.hpp"

namespace hearsay::store {
namespace {

namespace fs = std::filesystem;
using Access = Database::Access;

constexpr int kPatience = 500;             // milliseconds; others lock a store for moments only
constexpr int kPatienceOfASweep = 10'000;  // which has more to lose

/// How a store that is only to be read can be. A file in WAL mode needs others beside it, unless nobody can
/// be writing. One that may be written is opened so, which removes those files again.
Access access_to_read(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) throw InputError(path + ": no such file");
  if (error) throw InputError(fmt::format("{}: cannot be read: {}", path, error.message()));
  if (!fs::is_regular_file(status)) throw InputError(path + ": is not a regular file, which a store is");
  const fs::path folder = fs::canonical(path, error).parent_path();
  if (access(path.c_str(), W_OK) == 0 && access(folder.c_str(), W_OK) == 0) return Access::write;
  return fs::exists(path + "-wal", error) ? Access::read : Access::immutable;
}

void use_wal(Database& database) {
  if (database.text("PRAGMA journal_mode = WAL") != "wal")
    throw CannotRun(database.path() +
                    ": SQLite cannot share memory there, as its WAL mode must; put the store on "
                    "a disk of this machine");
  // No transaction is torn, whatever ends; after a power failure the last ones may be gone, and are repeated.
  // Those who run cells do not wait for the disk often: pages move from the log to the store 32 MB at a time.
  database.run("PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 8192");
}

}  // namespace

Store::Store(const std::string& path, const Plan& plan)
    : claim_(std::in_place, path), database_(path, Access::write) {
  database_.set_patience(kPatience);
  if (is_empty(database_)) {
    create(plan);
  } else {
    check_schema(database_);
    use_wal(database_);
    resume(plan);
  }
  read();
  database_.opened();
  database_.set_patience(kPatienceOfASweep);
}

Store::Store(const std::string& path) : database_(path, access_to_read(path)) {
  database_.set_patience(kPatience);
  database_.run("PRAGMA query_only = ON; BEGIN");  // all that is read is of one instant
  if (is_empty(database_)) throw InputError(path + ": is empty: no sweep has begun in it");
  check_schema(database_);
  read();
}

void Store::create(const Plan& plan) {
  use_wal(database_);
  Transaction transaction(database_);
  create_schema(database_);
  write_plan(database_, plan);
  write_cells(database_, plan, {});
  transaction.commit();
}

void Store::resume(const Plan& plan) {
  Transaction transaction(database_);
  const Stored stored = read_plan(database_);
  if (const auto why = difference(stored.plan, plan))
    throw InputError(
        fmt::format("{} is the store of another sweep: {}; give another --store, or the options it "
                    "was begun with",
                    database_.path(), *why));
  write_names(database_, plan);
  if (stored.plan.cells != plan.cells) write_cells(database_, plan, stored);
  transaction.commit();
}

void Store::read() {
  Stored stored = read_plan(database_);
  plan_ = std::move(stored.plan);
  numbers_ = std::move(stored.numbers);
  std::map<std::int64_t, std::size_t> places;
  for (std::size_t place = 0; place < numbers_.size(); ++place) places[numbers_[place]] = place;
  finished_.resize(numbers_.size());
  Statement results = database_.prepare("SELECT cell FROM results");
  while (results.next()) finished_[places.at(results.take_number())] = true;
}

bool Store::has(std::size_t cell) const {
  const std::lock_guard lock(mutex_);
  return finished_[cell];
}

std::size_t Store::finished() const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(std::count(finished_.begin(), finished_.end(), true));
}

void Store::keep(std::size_t cell, const Measured& measured) {
  const std::lock_guard lock(mutex_);
  HEARSAY_CHECK(!finished_[cell], "a cell is measured once");
  claim_->hold();
  Transaction transaction(database_);
  write_cell(database_, numbers_[cell], measured);
  transaction.commit();
  finished_[cell] = true;
}

std::vector<Measured> Store::load(std::span<const std::size_t> cells) {
  const std::lock_guard lock(mutex_);
  std::vector<Measured> all;
  for (const std::size_t cell : cells) all.push_back(read_cell(database_, numbers_[cell]));
  return all;
}

}  // namespace hearsay::store
