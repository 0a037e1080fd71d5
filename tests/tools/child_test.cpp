// Other programs that this one runs to their end.

#include "tools/child.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <csignal>

#include "base/errors.hpp"
#include "tests/tools/process.hpp"

namespace hearsay::tools {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

// As those do who are started by a program that does not care for its children.
TEST(Child, EndsAsItDidWhereTheEndOfChildrenIsIgnored) {
  std::signal(SIGCHLD, SIG_IGN);
  EXPECT_EQ(run_child("/bin/false", {}, 0).exit_code, 1);
}

TEST(Child, HasNothingToRead) {
  const ChildEnded ended = run_child("/bin/cat", {}, 0);
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_EQ(ended.out, "");
}

TEST(Child, ThatCannotBeStartedIsToldOf) {
  const Folder folder;
  const std::string path = folder.write("it", "neither a program nor a script\n");
  chmod(path.c_str(), 0755);
  EXPECT_THAT([&] { run_child(path, {}, 1); },
              ThrowsMessage<CannotRun>(HasSubstr("cannot start " + path + ": Exec format error")));
}

TEST(Child, MayEndAsOneThatCannotBeStarted) {
  EXPECT_EQ(run_child("/bin/sh", {"-c", "exit 127"}, 0).exit_code, 127);
}

}  // namespace
}  // namespace hearsay::tools
