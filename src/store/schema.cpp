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
    R"(CREATE TABLE sweep (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  program TEXT NOT NULL,
  command TEXT NOT NULL,
  file TEXT NOT NULL,
  scenario TEXT NOT NULL,
  repeat INTEGER NOT NULL CHECK (repeat >= 1),
  max_lag_us INTEGER CHECK (max_lag_us >= 0)
) STRICT)",
    R"(CREATE TABLE cells (
  cell INTEGER PRIMARY KEY,
  place INTEGER NOT NULL UNIQUE CHECK (place >= 0)
) STRICT)",
    R"(CREATE TABLE settings (
  cell INTEGER NOT NULL REFERENCES cells,
  position INTEGER NOT NULL CHECK (position >= 0),
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (cell, position)
) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE results (
  cell INTEGER PRIMARY KEY REFERENCES cells,
  checksum TEXT NOT NULL CHECK (length(checksum) = 32),
  theory REAL CHECK (theory BETWEEN 0 AND 1),
  world TEXT NOT NULL,
  seed INTEGER NOT NULL CHECK (seed >= 0),
  runs INTEGER NOT NULL CHECK (runs >= 1),
  nodes INTEGER NOT NULL CHECK (nodes >= 1),
  duration_us INTEGER NOT NULL CHECK (duration_us >= 0),
  by_run INTEGER NOT NULL CHECK (by_run IN (0, 1)),
  sent INTEGER NOT NULL CHECK (sent = delivered + dropped + failed + in_flight),
  delivered INTEGER NOT NULL CHECK (delivered >= 0),
  dropped INTEGER NOT NULL CHECK (dropped >= 0),
  failed INTEGER NOT NULL CHECK (failed >= 0),
  in_flight INTEGER NOT NULL CHECK (in_flight >= 0),
  duplicated INTEGER NOT NULL CHECK (duplicated >= 0),
  delayed INTEGER NOT NULL CHECK (delayed >= 0),
  rejected INTEGER NOT NULL CHECK (rejected >= 0),
  foreign_requests INTEGER NOT NULL CHECK (foreign_requests >= 0),
  asks_recovery INTEGER NOT NULL CHECK (asks_recovery IN (0, 1)),
  recovery_us INTEGER CHECK (recovery_us >= 0),
  unhealed INTEGER NOT NULL CHECK (unhealed >= 0),
  has_lag INTEGER NOT NULL CHECK (has_lag IN (0, 1)),
  lag_p50_us INTEGER NOT NULL,
  lag_p99_us INTEGER NOT NULL,
  lag_max_us INTEGER NOT NULL,
  trace_digest TEXT CHECK (length(trace_digest) = 32),
  learned_digest TEXT NOT NULL CHECK (length(learned_digest) = 32)
) STRICT)",
    R"(CREATE TABLE versions (
  cell INTEGER NOT NULL REFERENCES results,
  run INTEGER NOT NULL CHECK (run >= 0),
  version INTEGER NOT NULL CHECK (version >= 1),
  published_us INTEGER NOT NULL CHECK (published_us >= 0),
  committed_us INTEGER CHECK (committed_us >= 0),
  required INTEGER NOT NULL CHECK (required >= 0),
  holding INTEGER NOT NULL CHECK (holding BETWEEN 0 AND required),
  learnings INTEGER NOT NULL CHECK (learnings >= 0),
  sent INTEGER NOT NULL CHECK (sent >= 0),
  last_learned_us INTEGER,
  refused INTEGER NOT NULL CHECK (refused >= 0),
  PRIMARY KEY (cell, run, version)
) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE taken (
  cell INTEGER NOT NULL,
  run INTEGER NOT NULL,
  version INTEGER NOT NULL,
  fault INTEGER NOT NULL CHECK (fault >= 0),
  messages INTEGER NOT NULL CHECK (messages >= 0),
  PRIMARY KEY (cell, run, version, fault),
  FOREIGN KEY (cell, run, version) REFERENCES versions
) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE faults (
  cell INTEGER NOT NULL REFERENCES results,
  fault INTEGER NOT NULL CHECK (fault >= 0),
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  eligible INTEGER NOT NULL CHECK (eligible >= 0),
  hit INTEGER NOT NULL CHECK (hit >= 0),
  on_nodes INTEGER NOT NULL CHECK (on_nodes IN (0, 1)),
  off INTEGER NOT NULL CHECK (off IN (0, 1)),
  opened INTEGER NOT NULL CHECK (opened IN (0, 1)),
  shared INTEGER NOT NULL CHECK (shared IN (0, 1)),
  expected_hits REAL NOT NULL,
  chance REAL CHECK (chance BETWEEN 0 AND 1),
  independent INTEGER NOT NULL CHECK (independent IN (0, 1)),
  instants INTEGER NOT NULL CHECK (instants >= 0),
  PRIMARY KEY (cell, fault)
) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE fault_times (
  cell INTEGER NOT NULL,
  fault INTEGER NOT NULL,
  place INTEGER NOT NULL CHECK (place >= 0),
  at_us INTEGER NOT NULL,
  PRIMARY KEY (cell, fault, place),
  FOREIGN KEY (cell, fault) REFERENCES faults
) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE phases (
  cell INTEGER NOT NULL REFERENCES results,
  place INTEGER NOT NULL CHECK (place >= 0),
  name TEXT NOT NULL,
  sent INTEGER NOT NULL CHECK (sent >= 0),
  dropped INTEGER NOT NULL CHECK (dropped >= 0),
  duplicated INTEGER NOT NULL CHECK (duplicated >= 0),
  delayed INTEGER NOT NULL CHECK (delayed >= 0),
  PRIMARY KEY (cell, place)
) STRICT, WITHOUT ROWID)",
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
    database.refuse("is no store of hearsay, but the SQLite file of another program");
  if (const std::int64_t version = database.number("PRAGMA user_version"); version != kSchemaVersion)
    database.refuse(
        fmt::format("is a store of schema {}; this program knows schema {}", version, kSchemaVersion));
  if (!has_our_tables(database))
    database.refuse("is damaged, or foreign: its tables are not those of a store");
  database.run("PRAGMA cell_size_check = ON");
  if (const std::string found = database.text("PRAGMA quick_check(1)"); found != "ok")
    database.refuse("is damaged: " + found);
  Statement lost = database.prepare("PRAGMA foreign_key_check");
  if (lost.next()) database.refuse("is damaged: a row of " + lost.take_text() + " belongs to nothing");
}

}  // namespace hearsay::store
