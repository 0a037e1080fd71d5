// ^C and its like: partial results, and nothing left behind.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/tools/process.hpp"

namespace hearsay::tools {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using Json = nlohmann::json;

class InterruptedRun : public ::testing::TestWithParam<int> {
 protected:
  Folder folder_;
};

TEST_P(InterruptedRun, EndsWith130AndPartialResults) {
  const std::uint16_t port = testing::free_ports(4);
  Process run({"run", folder_.write("it.toml", endless()), "--json", "-", "--set",
               fmt::format("cluster.start_port={}", port)});
  run.wait_for("seed 1");
  run.signal(GetParam());
  const Ended ended = run.wait();
  EXPECT_EQ(ended.exit_code, 130);
  const Json result = Json::parse(ended.out);
  EXPECT_EQ(result["interrupted"], true);
  EXPECT_EQ(result["verdict"], "inconclusive");
  EXPECT_EQ(result["versions"]["published"], result["versions"]["open"]);
  EXPECT_THAT(ended.err, Not(HasSubstr("to repeat")));
  EXPECT_FALSE(testing::listens(port));
}

INSTANTIATE_TEST_SUITE_P(Signal, InterruptedRun, ::testing::Values(SIGINT, SIGTERM),
                         [](const auto& test) { return test.param == SIGINT ? "Int" : "Term"; });

TEST(Interrupted, WhatComesAfterItIsNotRun) {
  const Folder folder;
  const std::string file = folder.write("it.toml", endless());
  Process run({"run", file, file, "--repeat", "2", "--json", "-"});
  run.wait_for("seed 1");
  run.signal(SIGINT);
  const Ended ended = run.wait();
  EXPECT_EQ(ended.exit_code, 130);
  EXPECT_EQ(Json::parse(ended.out).size(), 1U);
  EXPECT_EQ(Json::parse(ended.out)[0]["runs"], 1);
}

/// Nobody reads its results, so that it hangs in writing them. Only the second ^C can end it.
TEST(Interrupted, ASecondInterruptEndsItAtOnce) {
  const Folder folder;
  std::string text = endless();
  for (int i = 0; i < 100; ++i)
    text += fmt::format("[[fault]]\nname = \"fault {}\"\nkind = \"drop\"\nprobability = 0.01\n", i);
  Process run({"run", folder.write("it.toml", text), "--json", "-"}, {.narrow = true});
  run.wait_for("seed 1");
  run.signal(SIGINT);
  run.wait_until_stdout_is_full();
  run.signal(SIGINT);
  const Ended ended = run.wait_unread();
  EXPECT_EQ(ended.exit_code, 130);
  EXPECT_FALSE(Json::accept(ended.out));
}

/// Interrupted before it begins, in its first line, which nobody reads.
Ended interrupted_early(const std::string& scenario, std::vector<std::string> options) {
  const Folder folder;
  const std::string second = folder.write("second.toml", quick());
  options.insert(options.begin(), {"run", folder.write("first.toml", scenario), second, "--set",
                                   "name=" + std::string(8000, 'x')});
  Process run(options, {.narrow = true});
  run.wait_until_stdout_is_full();
  run.signal(SIGINT);
  return run.wait();
}

TEST(Interrupted, ARunThatEndsByItselfAllTheSameIsTheLast) {
  const Ended ended = interrupted_early(quick(), {"--world", "sim"});
  EXPECT_EQ(ended.exit_code, 130);
  EXPECT_THAT(ended.out, AllOf(HasSubstr("5 published: 5 committed"), Not(HasSubstr("second"))));
}

TEST(Interrupted, AnInterruptBeatsATimeout) {
  const Ended ended = interrupted_early(endless(), {"--timeout", "1us"});
  EXPECT_EQ(ended.exit_code, 130);
  EXPECT_THAT(ended.out, Not(HasSubstr("to repeat")));
}

TEST(Interrupted, ANamedPipeThatNobodyReadsIsGivenUp) {
  const Folder folder;
  const std::string pipe = folder.path("pipe");
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  Process run({"run", folder.write("it.toml", quick()), "--quiet", "--json", pipe});
  run.wait_for("100%");
  run.signal(SIGINT);
  EXPECT_THAT(run.wait().err, HasSubstr("cannot write " + pipe));
}

TEST(Interrupted, NothingListensAfterAKill) {
  const std::uint16_t port = testing::free_ports(6);
  Process up({"up", "--start-port", std::to_string(port)});
  up.wait_for("Sending version 1");
  EXPECT_TRUE(testing::listens(port));
  up.signal(SIGKILL);
  EXPECT_EQ(up.wait().exit_code, -SIGKILL);
  for (int i = 0; i < 6; ++i) EXPECT_FALSE(testing::listens(static_cast<std::uint16_t>(port + i)));
}

}  // namespace
}  // namespace hearsay::tools
