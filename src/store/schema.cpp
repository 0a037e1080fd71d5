#include "store/schema.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "base/errors.hpp"

namespace hearsay::store {
namespace {

constexpr std::int64_t kApplicationId = 0x48525359;  // "HRSY"
constexpr std::int64_t kSchemaVersion = 1;

// As SQLite keeps them, to be compared with what a file has.
constexpr std::string_view kTables[] = {
    "CREATE TABLE sweep (\n"
    "  only INTEGER PRIMARY KEY CHECK (only = 1),\n"
    "  program TEXT NOT NULL,\n"
    "  command TEXT NOT NULL,\n"
    "  file TEXT NOT NULL,\n"
    "  scenario TEXT NOT NULL,\n"
    "  repeat INTEGER NOT NULL CHECK (repeat >= 1),\n"
    "  max_lag_us INTEGER CHECK (max_lag_us >= 0)\n"
    ") STRICT",
    "CREATE TABLE cells (\n"
    "  cell INTEGER PRIMARY KEY,\n"
    "  place INTEGER NOT NULL UNIQUE CHECK (place >= 0)\n"
    ") STRICT",
    "CREATE TABLE settings (\n"
    "  cell INTEGER NOT NULL REFERENCES cells,\n"
    "  position INTEGER NOT NULL CHECK (position >= 0),\n"
    "  key TEXT NOT NULL,\n"
    "  value TEXT NOT NULL,\n"
    "  PRIMARY KEY (cell, position)\n"
    ") STRICT, WITHOUT ROWID",
    "CREATE TABLE results (\n"
    "  cell INTEGER PRIMARY KEY REFERENCES cells,\n"
    "  checksum TEXT NOT NULL CHECK (length(checksum) = 32),\n"
    "  theory REAL CHECK (theory BETWEEN 0 AND 1),\n"
    "  world TEXT NOT NULL,\n"
    "  seed INTEGER NOT NULL CHECK (seed >= 0),\n"
    "  runs INTEGER NOT NULL CHECK (runs >= 1),\n"
    "  nodes INTEGER NOT NULL CHECK (nodes >= 1),\n"
    "  duration_us INTEGER NOT NULL CHECK (duration_us >= 0),\n"
    "  by_run INTEGER NOT NULL CHECK (by_run IN (0, 1)),\n"
    "  sent INTEGER NOT NULL CHECK (sent = delivered + dropped + failed + in_flight),\n"
    "  delivered INTEGER NOT NULL CHECK (delivered >= 0),\n"
    "  dropped INTEGER NOT NULL CHECK (dropped >= 0),\n"
    "  failed INTEGER NOT NULL CHECK (failed >= 0),\n"
    "  in_flight INTEGER NOT NULL CHECK (in_flight >= 0),\n"
    "  duplicated INTEGER NOT NULL CHECK (duplicated >= 0),\n"
    "  delayed INTEGER NOT NULL CHECK (delayed >= 0),\n"
    "  rejected INTEGER NOT NULL CHECK (rejected >= 0),\n"
    "  foreign_requests INTEGER NOT NULL CHECK (foreign_requests >= 0),\n"
    "  asks_recovery INTEGER NOT NULL CHECK (asks_recovery IN (0, 1)),\n"
    "  recovery_us INTEGER CHECK (recovery_us >= 0),\n"
    "  unhealed INTEGER NOT NULL CHECK (unhealed >= 0),\n"
    "  has_lag INTEGER NOT NULL CHECK (has_lag IN (0, 1)),\n"
    "  lag_p50_us INTEGER NOT NULL,\n"
    "  lag_p99_us INTEGER NOT NULL,\n"
    "  lag_max_us INTEGER NOT NULL,\n"
    "  trace_digest TEXT CHECK (length(trace_digest) = 32),\n"
    "  learned_digest TEXT NOT NULL CHECK (length(learned_digest) = 32)\n"
    ") STRICT",
    "CREATE TABLE versions (\n"
    "  cell INTEGER NOT NULL REFERENCES results,\n"
    "  run INTEGER NOT NULL CHECK (run >= 0),\n"
    "  version INTEGER NOT NULL CHECK (version >= 1),\n"
    "  published_us INTEGER NOT NULL CHECK (published_us >= 0),\n"
    "  committed_us INTEGER CHECK (committed_us >= 0),\n"
    "  required INTEGER NOT NULL CHECK (required >= 0),\n"
    "  holding INTEGER NOT NULL CHECK (holding BETWEEN 0 AND required),\n"
    "  learnings INTEGER NOT NULL CHECK (learnings >= 0),\n"
    "  sent INTEGER NOT NULL CHECK (sent >= 0),\n"
    "  last_learned_us INTEGER,\n"
    "  refused INTEGER NOT NULL CHECK (refused >= 0),\n"
    "  PRIMARY KEY (cell, run, version)\n"
    ") STRICT, WITHOUT ROWID",
    "CREATE TABLE taken (\n"
    "  cell INTEGER NOT NULL,\n"
    "  run INTEGER NOT NULL,\n"
    "  version INTEGER NOT NULL,\n"
    "  fault INTEGER NOT NULL CHECK (fault >= 0),\n"
    "  messages INTEGER NOT NULL CHECK (messages >= 0),\n"
    "  PRIMARY KEY (cell, run, version, fault),\n"
    "  FOREIGN KEY (cell, run, version) REFERENCES versions\n"
    ") STRICT, WITHOUT ROWID",
    "CREATE TABLE faults (\n"
    "  cell INTEGER NOT NULL REFERENCES results,\n"
    "  fault INTEGER NOT NULL CHECK (fault >= 0),\n"
    "  name TEXT NOT NULL,\n"
    "  kind TEXT NOT NULL,\n"
    "  eligible INTEGER NOT NULL CHECK (eligible >= 0),\n"
    "  hit INTEGER NOT NULL CHECK (hit >= 0),\n"
    "  on_nodes INTEGER NOT NULL CHECK (on_nodes IN (0, 1)),\n"
    "  off INTEGER NOT NULL CHECK (off IN (0, 1)),\n"
    "  opened INTEGER NOT NULL CHECK (opened IN (0, 1)),\n"
    "  shared INTEGER NOT NULL CHECK (shared IN (0, 1)),\n"
    "  expected_hits REAL NOT NULL,\n"
    "  chance REAL CHECK (chance BETWEEN 0 AND 1),\n"
    "  independent INTEGER NOT NULL CHECK (independent IN (0, 1)),\n"
    "  instants INTEGER NOT NULL CHECK (instants >= 0),\n"
    "  PRIMARY KEY (cell, fault)\n"
    ") STRICT, WITHOUT ROWID",
    "CREATE TABLE fault_times (\n"
    "  cell INTEGER NOT NULL,\n"
    "  fault INTEGER NOT NULL,\n"
    "  place INTEGER NOT NULL CHECK (place >= 0),\n"
    "  at_us INTEGER NOT NULL,\n"
    "  PRIMARY KEY (cell, fault, place),\n"
    "  FOREIGN KEY (cell, fault) REFERENCES faults\n"
    ") STRICT, WITHOUT ROWID",
    "CREATE TABLE phases (\n"
    "  cell INTEGER NOT NULL REFERENCES results,\n"
    "  place INTEGER NOT NULL CHECK (place >= 0),\n"
    "  name TEXT NOT NULL,\n"
    "  sent INTEGER NOT NULL CHECK (sent >= 0),\n"
    "  dropped INTEGER NOT NULL CHECK (dropped >= 0),\n"
    "  duplicated INTEGER NOT NULL CHECK (duplicated >= 0),\n"
    "  delayed INTEGER NOT NULL CHECK (delayed >= 0),\n"
    "  PRIMARY KEY (cell, place)\n"
    ") STRICT, WITHOUT ROWID",
};

/// Without what SQLite makes by itself: indexes of keys, statistics.
std::vector<std::string> tables_in(Database& database) {
  std::vector<std::string> tables;
  Statement rows = database.prepare(
      "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT GLOB 'sqlite_*' ORDER BY rowid");
  while (rows.next()) tables.push_back(rows.take_text());
  return tables;
}

bool has_our_tables(Database& database) {
  const std::vector<std::string> tables = tables_in(database);
  return std::equal(tables.begin(), tables.end(), std::begin(kTables), std::end(kTables));
}

[[noreturn]] void refuse(const Database& database, const std::string& why) {
  throw InputError(fmt::format("{}: {}", database.path(), why));
}

}  // namespace

bool is_empty(Database& database) {
  return database.number("PRAGMA application_id") == 0 && database.number("PRAGMA user_version") == 0 &&
         database.number("SELECT count(*) FROM sqlite_schema") == 0;
}

void create_schema(Database& database) {
  database.run(
      fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", kApplicationId, kSchemaVersion));
  for (const std::string_view table : kTables) database.run(std::string(table));
}

void check_schema(Database& database) {
  if (database.number("PRAGMA application_id") != kApplicationId)
    refuse(database, "is no store of hearsay, but the SQLite file of another program");
  if (const std::int64_t version = database.number("PRAGMA user_version"); version != kSchemaVersion)
    refuse(database,
           fmt::format("is a store of schema {}; this program knows schema {}", version, kSchemaVersion));
  if (!has_our_tables(database))
    refuse(database, "is damaged, or foreign: its tables are not those of a store");
  database.run("PRAGMA cell_size_check = ON");
  if (const std::string found = database.text("PRAGMA quick_check(1)"); found != "ok")
    refuse(database, "is damaged: " + found);
  Statement lost = database.prepare("PRAGMA foreign_key_check");
  if (lost.next()) refuse(database, "is damaged: a row of " + lost.take_text() + " belongs to nothing");
}

}  // namespace hearsay::store
