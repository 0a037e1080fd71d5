#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/errors.hpp"
#include "baseline/baseline.hpp"
#include "tests/baseline/blocks.hpp"

namespace hearsay::baseline {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class BaselineFile : public ::testing::Test {
 protected:
  BaselineFile() {
    std::string name = (fs::temp_directory_path() / "baseline.XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~BaselineFile() override { fs::remove_all(folder_); }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  std::string put(const std::string& name, const std::string& text) const {
    std::ofstream(path(name)) << text;
    return path(name);
  }

  static std::string text_of(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }

  auto files() const { return std::distance(fs::directory_iterator(folder_), fs::directory_iterator()); }

  fs::path folder_;
};

template <typename Action>
std::string refusal(const Action& action) {
  try {
    action();
  } catch (const InputError& error) {
    return error.what();
  }
  return "taken";
}

TEST_F(BaselineFile, IsWrittenAndReadBack) {
  check_writable(path("it.json"));
  EXPECT_EQ(files(), 0);
  write(path("it.json"), small_baseline());
  EXPECT_EQ(to_text(read(path("it.json"))), to_text(small_baseline()));
  EXPECT_EQ(files(), 1);
}

TEST_F(BaselineFile, ReplacesWhatALinkLeadsToAndKeepsItsMode) {
  const std::string file = put("real.json", "old");
  chmod(file.c_str(), 0640);
  fs::create_symlink("real.json", path("link.json"));
  write(path("link.json"), small_baseline());
  EXPECT_TRUE(fs::is_symlink(path("link.json")));
  EXPECT_EQ(text_of(file), to_text(small_baseline()));
  EXPECT_EQ(fs::status(file).permissions(), fs::perms(0640));
}

TEST_F(BaselineFile, IsWrittenWhereALinkLeadsThoughNothingIsThere) {
  fs::create_directory(path("folder"));
  fs::create_symlink("folder/real.json", path("link.json"));
  fs::create_symlink("link.json", path("link of link.json"));
  check_writable(path("link of link.json"));
  write(path("link of link.json"), small_baseline());
  EXPECT_TRUE(fs::is_symlink(path("link.json")));
  EXPECT_EQ(text_of(path("folder/real.json")), to_text(small_baseline()));
  fs::create_symlink("nowhere/real.json", path("lost.json"));
  EXPECT_THAT(refusal([&] { check_writable(path("lost.json")); }),
              HasSubstr("cannot be written: No such file"));
}

/// Files may not grow beyond this, as on a full disk.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) {
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &old_);
    const rlimit tight{bytes, old_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &tight);
  }
  ~FullDisk() {
    setrlimit(RLIMIT_FSIZE, &old_);
    std::signal(SIGXFSZ, handler_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit old_{};
  void (*handler_)(int);
};

TEST_F(BaselineFile, StaysAsItWasOnAFullDisk) {
  const std::string file = put("it.json", "old");
  {
    const FullDisk full(100);
    EXPECT_THROW(write(file, small_baseline()), CannotRun);
  }
  EXPECT_EQ(text_of(file), "old");
  EXPECT_EQ(files(), 1);
}

// Where the file system has files without a name.
TEST_F(BaselineFile, LeavesNothingOfAWriteThatIsKilled) {
  const int unnamed = open(folder_.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
  if (unnamed < 0) GTEST_SKIP();
  close(unnamed);
  const std::string file = put("it.json", "old");
  const auto write_until_killed = [&] {
    const rlimit nothing{0, 0};
    setrlimit(RLIMIT_CORE, &nothing);
    const rlimit tight{100, 100};
    setrlimit(RLIMIT_FSIZE, &tight);  // a write beyond it ends in SIGXFSZ
    write(file, small_baseline());
  };
  EXPECT_EXIT(write_until_killed(), ::testing::KilledBySignal(SIGXFSZ), "");
  EXPECT_EQ(text_of(file), "old");
  EXPECT_EQ(files(), 1);
}

TEST_F(BaselineFile, ThatCannotBeReadOrWrittenIsRefused) {
  mkfifo(path("pipe").c_str(), 0600);
  for (const std::string& name : {path("."), path("pipe"), std::string("/dev/null")}) {
    EXPECT_THAT(refusal([&] { read(name); }), HasSubstr(name + ": must be a regular file"));
    EXPECT_THAT(refusal([&] { check_writable(name); }), HasSubstr(name + ": must be a regular file"));
  }
  const std::string nowhere = path("no/it.json");
  EXPECT_THAT(refusal([&] { check_writable(nowhere); }), HasSubstr("cannot be written: No such file"));
  EXPECT_THAT(refusal([&] { read(path("none")); }), HasSubstr("none: no such file; --update writes it"));
}

TEST_F(BaselineFile, ThatIsTooLargeIsRefusedUnread) {
  const std::string file = put("it.json", "{}");
  fs::resize_file(file, kMostBytes + 1);  // sparse
  EXPECT_THAT(refusal([&] { read(file); }), HasSubstr("it.json: is larger than 64 MiB"));
}

}  // namespace
}  // namespace hearsay::baseline
