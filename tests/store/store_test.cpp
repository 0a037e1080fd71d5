// How a store is opened: anew, again, with more cells, and not at all.

#include "store/store.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <functional>

#include "base/errors.hpp"
#include "tests/store/filled.hpp"

namespace hearsay::store {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class Stores : public InAFolder {
 protected:
  /// A store of three cells, of which the second is finished.
  void fill() const { Store(path(), three_cells()).keep(1, all_kinds()); }

  void change(const std::string& sql) const {
    Database database(path(), Database::Access::write);
    database.run("PRAGMA ignore_check_constraints = ON; " + sql);
  }

  void read_a_cell() const {
    Store store(path());
    loaded(store, 1);
  }

  std::string refusal(const Plan& plan) const {
    return refusal([&] { Store(path(), plan); });
  }

  std::string refusal_to_read() const {
    return refusal([&] { read_a_cell(); });
  }

 private:
  static std::string refusal(const std::function<void()>& use) {
    try {
      use();
    } catch (const InputError& error) {
      return error.what();
    }
    return "it was taken";
  }
};

TEST_F(Stores, GoOnWithWhatTheyHave) {
  fill();
  Store store(path(), three_cells());
  EXPECT_TRUE(store.has(1));
  EXPECT_EQ(store.finished(), 1);
  store.keep(0, all_kinds());
  EXPECT_EQ(Store(path()).finished(), 2);
}

// Whoever moved a store, or the scenario, is told how to go on from there.
TEST_F(Stores, HaveTheNamesOfTheLastSweep) {
  fill();
  Plan plan = three_cells();
  plan.command = "hearsay sweep that.toml --store that.db";
  plan.file = "that.toml";
  EXPECT_EQ(Store(path(), plan).plan().command, plan.command);
  EXPECT_EQ(Store(path()).plan().command, plan.command);
  EXPECT_EQ(Store(path()).plan().file, plan.file);
  EXPECT_EQ(Store(path()).finished(), 1);
}

TEST_F(Stores, AreOneFileInWalMode) {
  fill();
  EXPECT_EQ(Database(path(), Database::Access::write).text("PRAGMA journal_mode"), "wal");
  const std::filesystem::directory_iterator files(folder_);
  EXPECT_EQ(std::distance(begin(files), end(files)), 1);
}

TEST_F(Stores, AnEmptyFileBecomesOne) {
  std::ofstream(path()).close();
  EXPECT_THAT(refusal_to_read(), HasSubstr("is empty: no sweep has begun in it"));
  fill();
  EXPECT_EQ(Store(path()).finished(), 1);
}

TEST_F(Stores, GetRoomForMoreCells) {
  fill();
  Plan plan = three_cells();
  plan.cells.insert(plan.cells.begin(), fanout("1"));
  Store store(path(), plan);
  EXPECT_EQ(store.finished(), 1);
  EXPECT_TRUE(store.has(2));
  store.keep(0, all_kinds(1));
  EXPECT_EQ(loaded(store, 0).outcome.seed, 1);
  EXPECT_EQ(loaded(store, 2).outcome.seed, 7);
  EXPECT_EQ(Store(path()).plan().cells, plan.cells);
}

TEST_F(Stores, OfAnotherSweepAreRefused) {
  fill();
  const auto with = [](const std::function<void(Plan&)>& change) {
    Plan plan = three_cells();
    change(plan);
    return plan;
  };
  EXPECT_THAT(
      refusal(with([](Plan& plan) { plan.scenario = "name = \"it\"\nseed = 8\n"; })),
      AllOf(HasSubstr("it.db is the store of another sweep: its scenario has `seed = 7` where this one has "
                      "`seed = 8`"),
            HasSubstr("give another --store, or the options it was begun with")));
  EXPECT_THAT(refusal(with([](Plan& plan) { plan.scenario = "name = \"it\"\n"; })),
              HasSubstr("one has nothing"));
  EXPECT_THAT(refusal(with([](Plan& plan) { plan.program = "2.0"; })),
              HasSubstr("it was begun by hearsay 1.0; this is 2.0"));
  EXPECT_THAT(refusal(with([](Plan& plan) { plan.repeat = 3; })), HasSubstr("have --repeat 2, not 3"));
  EXPECT_THAT(refusal(with([](Plan& plan) { plan.max_lag = 5; })), HasSubstr("--max-lag is none, not 5 µs"));
  EXPECT_THAT(refusal(with([](Plan& plan) { plan.cells.pop_back(); })),
              HasSubstr("it has the cell gossip.fanout=4, which this grid has not"));
  EXPECT_EQ(Store(path()).finished(), 1);
}

TEST_F(Stores, ThatAreNoneAreRefused) {
  EXPECT_THAT(refusal_to_read(), HasSubstr("no such file"));
  std::ofstream(path())
      << "name = \"it\"\n# a scenario, which is by far too long to be taken for an empty file\n";
  EXPECT_THAT(refusal_to_read(), HasSubstr("is no SQLite file"));
  EXPECT_THAT(refusal(three_cells()), HasSubstr("is no SQLite file"));
  std::filesystem::remove(path());
  std::filesystem::create_directory(path());
  EXPECT_THAT(refusal_to_read(), HasSubstr("is not a regular file"));
  EXPECT_THAT(refusal(three_cells()), HasSubstr("cannot be written: Is a directory"));
}

TEST_F(Stores, OfOtherProgramsAreRefused) {
  std::ofstream(path()).close();
  change("CREATE TABLE theirs (x)");
  EXPECT_THAT(refusal(three_cells()), HasSubstr("the SQLite file of another program"));
  EXPECT_THAT(refusal_to_read(), HasSubstr("the SQLite file of another program"));
}

TEST_F(Stores, OfAnotherSchemaAreRefused) {
  fill();
  change("PRAGMA user_version = 2");
  EXPECT_THAT(refusal_to_read(), HasSubstr("is a store of schema 2; this program knows schema 1"));
  change("PRAGMA user_version = 1; CREATE VIEW more AS SELECT 1");
  EXPECT_THAT(refusal_to_read(), HasSubstr("its tables are not those of a store"));
}

TEST_F(Stores, ThatAreDamagedAreRefused) {
  fill();
  change("UPDATE versions SET holding = holding - 1 WHERE version = 1 AND run = 0");
  EXPECT_THAT(refusal_to_read(), HasSubstr("is damaged: the results of cell 1 are not what was measured"));
  change("UPDATE versions SET holding = -1 WHERE version = 1 AND run = 0");
  EXPECT_THAT(refusal_to_read(), HasSubstr("is damaged: CHECK constraint failed in versions"));
  EXPECT_THAT(refusal(three_cells()), HasSubstr("is damaged: CHECK constraint failed in versions"));
}

TEST_F(Stores, ThatLostRowsAreRefused) {
  fill();
  change("DELETE FROM faults WHERE fault = 1");
  EXPECT_THAT(refusal_to_read(), HasSubstr("is damaged: a row of fault_times belongs to nothing"));
  change("DELETE FROM fault_times; DELETE FROM sweep");
  EXPECT_THAT(refusal_to_read(), HasSubstr("is damaged: it does not say what was measured"));
}

// Each byte of a page once is too much; every page's first bytes, and some within, are telling.
TEST_F(Stores, WhateverIsWrongWithTheirBytesIsToldOrHarmless) {
  fill();
  const auto size = std::filesystem::file_size(path());
  const std::filesystem::path copy = folder_ / "copy.db";
  std::filesystem::copy(path(), copy);
  for (std::uintmax_t at = 0; at < size; at += 1021) {
    std::filesystem::copy(copy, path(), std::filesystem::copy_options::overwrite_existing);
    std::fstream file(path(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(at));
    file.put('\xA5');
    file.close();
    EXPECT_NO_FATAL_FAILURE(static_cast<void>(refusal_to_read())) << at;
  }
}

// When a page is read decides when its damage is found, not what it means.
TEST_F(Stores, WhoseDamageShowsLateAreDamagedAllTheSame) {
  fill();
  Database database(path(), Database::Access::write);
  database.opened();
  std::fstream(path(), std::ios::in | std::ios::out | std::ios::binary).seekp(4096)
      << std::string(std::filesystem::file_size(path()) - 4096, '\xA5');
  EXPECT_THAT([&] { database.number("SELECT count(*) FROM versions"); },
              ::testing::ThrowsMessage<InputError>(HasSubstr("it.db: is damaged")));
}

TEST_F(Stores, CutShortAreRefused) {
  fill();
  std::filesystem::resize_file(path(), std::filesystem::file_size(path()) / 2);
  EXPECT_THAT(refusal_to_read(), HasSubstr("is damaged"));
}

// SQLite would write on, into a file that nobody will ever see.
TEST_F(Stores, ThatAreRemovedTakeNoMore) {
  Store store(path(), three_cells());
  store.keep(0, all_kinds());
  std::filesystem::rename(path(), folder_ / "elsewhere.db");
  EXPECT_THROW(store.keep(1, all_kinds()), CannotRun);
  std::ofstream(path()).close();
  EXPECT_THROW(store.keep(1, all_kinds()), CannotRun);
}

// The child looks for who is in its way, as any process may; we look for ourselves.
TEST_F(Stores, AreStillLockedByWhoAskedForTheHolder) {
  GTEST_FLAG_SET(death_test_style, "fast");
  fill();
  Database database(path(), Database::Access::write);
  database.run("BEGIN IMMEDIATE");
  EXPECT_EQ(holder_of(path()), "another process");
  const auto tell_holder = [&] {
    std::fputs(holder_of(path()).c_str(), stderr);
    std::_Exit(0);
  };
  EXPECT_EXIT(tell_holder(), ::testing::ExitedWithCode(0), fmt::format("process {} ", getpid()));
}

[[noreturn]] void use_as_nobody(const std::function<void()>& use) {
  if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) std::_Exit(127);
  try {
    use();
  } catch (const InputError& error) {
    std::fputs(error.what(), stderr);
    std::_Exit(64);
  }
  std::_Exit(0);
}

// Who may not write may read.
TEST_F(Stores, ThatCannotBeWrittenAreRefusedToSweepsOnly) {
  GTEST_FLAG_SET(death_test_style, "fast");
  fill();
  chmod(path().c_str(), 0444);
  chmod(folder_.c_str(), 0555);
  EXPECT_EXIT(use_as_nobody([&] { Store(path(), three_cells()); }), ::testing::ExitedWithCode(64),
              "it.db: cannot be written: Permission denied");
  EXPECT_EXIT(use_as_nobody([&] { read_a_cell(); }), ::testing::ExitedWithCode(0), "");
  chmod(folder_.c_str(), 0755);
}

}  // namespace
}  // namespace hearsay::store
