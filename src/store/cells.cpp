#include "store/cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

#include "base/check.hpp"
#include "base/errors.hpp"
#include "store/checksum.hpp"
#include "store/columns.hpp"
#include "store/fields.hpp"

namespace hearsay::store {
namespace {

using measure::End;
using measure::Evidence;
using measure::Outcome;
using measure::PhaseMessages;
using measure::Taken;
using measure::VersionRecord;

Digest digest_of(const std::string& text) {
  constexpr std::size_t kHalf = 16;
  Digest digest;
  if (text.size() != 2 * kHalf) return digest;  // the checksum will tell
  const char* const begin = text.data();
  std::from_chars(begin, begin + kHalf, digest.high, 16);
  std::from_chars(begin + kHalf, begin + 2 * kHalf, digest.low, 16);
  return digest;
}

Totals totals_of(const Measured& measured) {
  const Outcome& outcome = measured.outcome;
  Totals totals{.theory = measured.theory,
                .world = outcome.world,
                .seed = outcome.seed,
                .runs = outcome.runs,
                .nodes = outcome.nodes,
                .duration = outcome.duration,
                .by_run = outcome.unit == measure::Unit::run,
                .messages = outcome.messages,
                .asks_recovery = outcome.recovery.has_value(),
                .recovery = outcome.recovery.value_or(measure::Recovery{}),
                .has_lag = outcome.lag.has_value(),
                .lag = outcome.lag.value_or(measure::Lag{}),
                .learned_digest = to_string(outcome.learned_digest)};
  if (outcome.trace_digest) totals.trace_digest = to_string(*outcome.trace_digest);
  return totals;
}

Measured measured_of(const Totals& totals) {
  Measured measured;
  measured.theory = totals.theory;
  Outcome& outcome = measured.outcome;
  outcome.world = totals.world;
  outcome.seed = totals.seed;
  outcome.runs = totals.runs;
  outcome.nodes = totals.nodes;
  outcome.duration = totals.duration;
  outcome.unit = totals.by_run ? measure::Unit::run : measure::Unit::version;
  outcome.messages = totals.messages;
  if (totals.asks_recovery) outcome.recovery = totals.recovery;
  if (totals.has_lag) outcome.lag = totals.lag;
  if (totals.trace_digest) outcome.trace_digest = digest_of(*totals.trace_digest);
  outcome.learned_digest = digest_of(totals.learned_digest);
  return measured;
}

/// "INSERT INTO versions VALUES (?,?,…)", of so many columns.
Statement insertion(Database& database, std::string_view table, std::size_t columns) {
  std::string places = "?";
  for (std::size_t i = 1; i < columns; ++i) places += ",?";
  return database.prepare(fmt::format("INSERT INTO {} VALUES ({})", table, places));
}

template <typename Record>
std::size_t columns_of() {
  std::size_t count = 0;
  const Record record{};
  each_column(record, [&count](const auto&) { ++count; });
  return count;
}

/// A table of records, each beneath a key: the cell, and what else tells them apart.
template <typename Record, typename... Key>
class Writer {
 public:
  Writer(Database& database, std::string_view table)
      : statement_(insertion(database, table, sizeof...(Key) + columns_of<Record>())) {}

  void write(const Record& record, const Key&... key) {
    const Bind bind(statement_);
    (bind(key), ...);
    each_column(record, bind);
    statement_.execute();
  }

 private:
  Statement statement_;
};

void write_versions(Database& database, std::int64_t cell, const Outcome& outcome) {
  Writer<VersionRecord, std::int64_t> versions(database, "versions");
  Writer<Taken, std::int64_t, std::uint32_t, Version> taken(database, "taken");
  for (const VersionRecord& version : outcome.versions) {
    HEARSAY_CHECK(version.end != End::open, "no version of a run that ended by itself is open");
    versions.write(version, cell);
    for (const Taken& by_fault : version.taken) taken.write(by_fault, cell, version.run, version.version);
  }
}

void write_faults(Database& database, std::int64_t cell, const Outcome& outcome) {
  Writer<Evidence, std::int64_t, std::size_t> faults(database, "faults");
  Statement times = insertion(database, "fault_times", 4);
  const Bind bind(times);
  for (std::size_t fault = 0; fault < outcome.faults.size(); ++fault) {
    faults.write(outcome.faults[fault], cell, fault);
    const std::vector<Tick>& instants = outcome.faults[fault].times;
    for (std::size_t i = 0; i < instants.size(); ++i) {
      bind(cell), bind(fault), bind(i), bind(instants[i]);
      times.execute();
    }
  }
}

void write_phases(Database& database, std::int64_t cell, const Outcome& outcome) {
  Writer<PhaseMessages, std::int64_t, std::size_t> phases(database, "phases");
  for (std::size_t place = 0; place < outcome.phases.size(); ++place)
    phases.write(outcome.phases[place], cell, place);
}

/// The rows of a table that belong to a cell.
Statement rows_of(Database& database, std::string_view table, std::int64_t cell, std::string_view order) {
  Statement rows = database.prepare(fmt::format("SELECT * FROM {} WHERE cell = ? ORDER BY {}", table, order));
  rows.bind(cell);
  return rows;
}

/// What a row says after so many columns of its key.
template <typename Record>
Record record_at(Statement& row, int key_columns) {
  for (int i = 0; i < key_columns; ++i) row.skip();
  Record record;
  each_column(record, Take(row));
  return record;
}

void read_versions(Database& database, std::int64_t cell, Outcome& outcome) {
  Statement rows = rows_of(database, "versions", cell, "run, version");
  while (rows.next()) {
    outcome.versions.push_back(record_at<VersionRecord>(rows, 1));
    VersionRecord& version = outcome.versions.back();
    version.end = version.committed == kNever ? End::lost : End::committed;
  }
}

void read_taken(Database& database, std::int64_t cell, Outcome& outcome) {
  Statement rows = rows_of(database, "taken", cell, "run, version, fault");
  auto version = outcome.versions.begin();
  while (rows.next()) {
    rows.skip();
    const auto run = static_cast<std::uint32_t>(rows.take_number());
    const Version number = rows.take_number();
    const auto is_this = [&](const VersionRecord& each) { return each.run == run && each.version == number; };
    version = std::find_if(version, outcome.versions.end(), is_this);
    if (version == outcome.versions.end()) return;
    version->taken.push_back(record_at<Taken>(rows, 0));
  }
}

void read_faults(Database& database, std::int64_t cell, Outcome& outcome) {
  Statement rows = rows_of(database, "faults", cell, "fault");
  while (rows.next()) outcome.faults.push_back(record_at<Evidence>(rows, 2));
  Statement times = rows_of(database, "fault_times", cell, "fault, place");
  while (times.next()) {
    times.skip();
    const auto fault = static_cast<std::size_t>(times.take_number());
    times.skip();
    if (fault < outcome.faults.size()) outcome.faults[fault].times.push_back(times.take_number());
  }
}

void read_phases(Database& database, std::int64_t cell, Outcome& outcome) {
  Statement rows = rows_of(database, "phases", cell, "place");
  while (rows.next()) outcome.phases.push_back(record_at<PhaseMessages>(rows, 2));
}

/// Whether what must hold of any outcome does, so that nothing later trips over it.
bool is_whole(const Outcome& outcome) {
  const auto of_known_fault = [&](const Taken& taken) { return taken.fault < outcome.faults.size(); };
  const auto in_order = [&](const VersionRecord& version) {
    return version.run < outcome.runs && std::ranges::all_of(version.taken, of_known_fault);
  };
  return outcome.runs > 0 && std::ranges::all_of(outcome.versions, in_order);
}

}  // namespace

void write_cell(Database& database, std::int64_t cell, const Measured& measured) {
  const Outcome& outcome = measured.outcome;
  HEARSAY_CHECK(!outcome.interrupted && !outcome.sequential, "a finished cell has all of its runs");
  const Totals totals = totals_of(measured);
  const std::string checksum = checksum_of(totals, outcome);
  Writer<Totals, std::int64_t, std::string> results(database, "results");
  results.write(totals, cell, checksum);
  write_versions(database, cell, outcome);
  write_faults(database, cell, outcome);
  write_phases(database, cell, outcome);
}

Measured read_cell(Database& database, std::int64_t cell) {
  Statement row = rows_of(database, "results", cell, "cell");
  HEARSAY_CHECK(row.next(), "only a finished cell is read");
  row.skip();
  const std::string checksum = row.take_text();
  const auto totals = record_at<Totals>(row, 0);
  Measured measured = measured_of(totals);
  read_versions(database, cell, measured.outcome);
  read_taken(database, cell, measured.outcome);
  read_faults(database, cell, measured.outcome);
  read_phases(database, cell, measured.outcome);
  if (checksum_of(totals, measured.outcome) != checksum || !is_whole(measured.outcome))
    throw InputError(fmt::format("{}: is damaged: the results of cell {} are not what was measured",
                                 database.path(), cell));
  return measured;
}

}  // namespace hearsay::store
