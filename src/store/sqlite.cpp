#include "store/sqlite.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <exception>
#include <new>
#include <system_error>

#include "base/check.hpp"
#include "base/errors.hpp"
#include "store/claim.hpp"

namespace hearsay::store {
namespace {

constexpr int kBasicCode = 0xFF;

/// `path` as the part of a URI that it is there.
std::string escaped_path(std::string_view path) {
  std::string text;
  for (const char letter : path)
    text += letter == '%' || letter == '?' || letter == '#'
                ? fmt::format("%{:02x}", static_cast<unsigned char>(letter))
                : std::string(1, letter);
  return text;
}

std::string uri(const std::string& path, Database::Access access) {
  // What begins with a slash or a point cannot be taken for an authority, nor for a special name.
  const std::string rooted = path.starts_with('/') ? path : "./" + path;
  return "file:" + escaped_path(rooted) + (access == Database::Access::immutable ? "?immutable=1" : "");
}

}  // namespace

void Database::Close::operator()(sqlite3* database) const {
  while (sqlite3_stmt* const statement = sqlite3_next_stmt(database, nullptr)) sqlite3_finalize(statement);
  sqlite3_close(database);
}

void Statement::GiveBack::operator()(sqlite3_stmt* statement) const {
  sqlite3_reset(statement);  // repeats the error of the last step, which has been told
  sqlite3_clear_bindings(statement);
  if (!database->idle_.emplace(sqlite3_sql(statement), statement).second) sqlite3_finalize(statement);
}

Database::Database(const std::string& path, Access access) : path_(path) {
  sqlite3* handle = nullptr;
  const int how = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX |
                  (access == Access::write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);
  const int code = sqlite3_open_v2(uri(path, access).c_str(), &handle, how, nullptr);
  handle_.reset(handle);
  if (code != SQLITE_OK) fail(code);
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
}

void Database::opened() { opening_ = false; }

void Database::set_patience(int milliseconds) { sqlite3_busy_timeout(handle_.get(), milliseconds); }

void Database::run(const std::string& sql) {
  const int code = sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code);
}

Statement Database::prepare(std::string_view sql) {
  if (const auto idle = idle_.find(sql); idle != idle_.end()) {
    Statement statement(*this, idle->second);
    idle_.erase(idle);
    return statement;
  }
  sqlite3_stmt* statement = nullptr;
  const int code =
      sqlite3_prepare_v2(handle_.get(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
  if (code != SQLITE_OK) fail(code);
  return {*this, statement};
}

std::int64_t Database::number(std::string_view sql) {
  Statement statement = prepare(sql);
  return statement.next() ? statement.take_number() : 0;
}

std::string Database::text(std::string_view sql) {
  Statement statement = prepare(sql);
  return statement.next() ? statement.take_text() : "";
}

void Database::refuse(const std::string& why) const { throw InputError(path_ + ": " + why); }

void Database::fail(int code) const {
  const std::string said = sqlite3_errmsg(handle_.get());
  const int error = sqlite3_system_errno(handle_.get());
  const std::string why = error == 0 ? said : said + ": " + std::generic_category().message(error);
  switch (code & kBasicCode) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw CannotRun(
          fmt::format("{} is locked by {}; try again when that has ended", path_, holder_of(path_)));
    case SQLITE_FULL:
      throw CannotRun(fmt::format("{}: cannot be written: {}", path_, said));
    case SQLITE_IOERR:
      throw CannotRun(
          fmt::format("{}: cannot be written or read: {}; is the disk full, or a quota?", path_, said));
    case SQLITE_NOMEM:
      throw std::bad_alloc();
    case SQLITE_CONSTRAINT:
      throw Bug(fmt::format("{}: {}", path_, said));
    case SQLITE_NOTADB:
      throw InputError(path_ + ": is no store: it is no SQLite file");
    case SQLITE_CORRUPT:
      throw InputError(fmt::format("{}: is damaged: {}", path_, said));
    case SQLITE_READONLY:
    case SQLITE_PERM:
      if (opening_) throw InputError(fmt::format("{}: cannot be written: {}", path_, why));
      break;
    default:
      if (opening_) throw InputError(fmt::format("{}: cannot be opened as a store: {}", path_, why));
  }
  throw CannotRun(fmt::format("{}: {}", path_, why));
}

void Statement::restart() {
  sqlite3_reset(handle_.get());
  parameter_ = 0;
  column_ = 0;
}

void Statement::check(int code) const {
  if (code != SQLITE_OK) fail(code);
}

void Statement::bind(std::int64_t value) { check(sqlite3_bind_int64(handle_.get(), ++parameter_, value)); }
void Statement::bind(double value) { check(sqlite3_bind_double(handle_.get(), ++parameter_, value)); }
void Statement::bind_null() { check(sqlite3_bind_null(handle_.get(), ++parameter_)); }

void Statement::bind(std::string_view value) {
  check(sqlite3_bind_text64(handle_.get(), ++parameter_, value.data(), value.size(), SQLITE_STATIC,
                            SQLITE_UTF8));
}

bool Statement::next() {
  column_ = 0;
  const int code = sqlite3_step(handle_.get());
  if (code != SQLITE_ROW && code != SQLITE_DONE) fail(code);
  return code == SQLITE_ROW;
}

void Statement::execute() {
  while (next()) continue;
  restart();
}

bool Statement::next_is_null() const { return sqlite3_column_type(handle_.get(), column_) == SQLITE_NULL; }
std::int64_t Statement::take_number() { return sqlite3_column_int64(handle_.get(), column_++); }
double Statement::take_real() { return sqlite3_column_double(handle_.get(), column_++); }

std::string Statement::take_text() {
  const unsigned char* text = sqlite3_column_text(handle_.get(), column_);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column_++));
  return text == nullptr ? "" : std::string(reinterpret_cast<const char*>(text), size);
}

Transaction::~Transaction() {
  if (committed_) return;
  try {
    database_.run("ROLLBACK");
  } catch (const std::exception&) {
    return;  // a full disk has undone it already
  }
}

void Transaction::commit() {
  database_.run("COMMIT");
  committed_ = true;
}

}  // namespace hearsay::store
