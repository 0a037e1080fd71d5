#pragma once

// The only door to SQLite: files and statements that close by themselves, and its errors as ours.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

struct sqlite3;
struct sqlite3_stmt;

namespace hearsay::store {

class Statement;

/// An open SQLite file. One thread at a time.
class Database {
 public:
  enum class Access {
    write,      ///< reads and writes; the file must be there
    read,       ///< reads what others may write meanwhile
    immutable,  ///< reads what nobody can be writing, without a file beside it
  };

  /// Throws InputError, as all that is done with it until `opened`, for a file that is none of SQLite's, is
  /// damaged or may not be used; CannotRun for one that is locked or on a full disk.
  Database(const std::string& path, Access access);

  /// From now on nothing that goes wrong is the user's fault any more: all errors are CannotRun, but for a
  /// file that turns out to be damaged, which is InputError whenever it does.
  void opened();

  /// Waits at most so long for others who have the file locked.
  void set_patience(int milliseconds);

  /// Executes one or more statements that give nothing.
  void run(const std::string& sql);

  Statement prepare(std::string_view sql);

  /// The first column of the first row.
  std::int64_t number(std::string_view sql);
  std::string text(std::string_view sql);

  const std::string& path() const { return path_; }

  /// Throws InputError: why the file is not used.
  [[noreturn]] void refuse(const std::string& why) const;

  /// Throws what the last error, `code`, means.
  [[noreturn]] void fail(int code) const;

 private:
  friend class Statement;
  struct Close {
    void operator()(sqlite3* database) const;
  };

  std::string path_;
  std::unique_ptr<sqlite3, Close> handle_;
  std::map<std::string, sqlite3_stmt*, std::less<>> idle_;  // by their text, to be used again
  bool opening_ = true;
};

/// A statement with parameters, to be used again and again; its database compiles a text once. Errors are
/// those of its database, which must outlive it.
class Statement {
 public:
  /// Forgets the row it is at, and begins anew.
  void restart();

  /// Binds the next parameter.
  void bind(std::int64_t value);
  void bind(double value);
  void bind(std::string_view value);  ///< must live until the next `restart`
  void bind_null();

  /// Goes to the next row; false: there is none.
  bool next();

  /// For what gives no rows: executes it, ready to begin anew.
  void execute();

  /// Of the row it is at, the next column.
  bool next_is_null() const;
  void skip() { ++column_; }
  std::int64_t take_number();
  double take_real();
  std::string take_text();

 private:
  friend class Database;
  struct GiveBack {
    void operator()(sqlite3_stmt* statement) const;
    Database* database;
  };

  Statement(Database& database, sqlite3_stmt* handle) : handle_(handle, {&database}) {}
  void check(int code) const;
  [[noreturn]] void fail(int code) const { handle_.get_deleter().database->fail(code); }

  std::unique_ptr<sqlite3_stmt, GiveBack> handle_;
  int parameter_ = 0;
  int column_ = 0;
};

/// A transaction that is undone unless it is committed.
class Transaction {
 public:
  /// For writing at once: nobody else can write from now on.
  explicit Transaction(Database& database) : database_(database) { database_.run("BEGIN IMMEDIATE"); }
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void commit();

 private:
  Database& database_;
  bool committed_ = false;
};

}  // namespace hearsay::store
