// `hearsay up`: the program that Hearsay began as, line for line; and what foreign connections do to live
// clusters.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <exception>
#include <string>
#include <vector>

#include "tests/support/sanitized.hpp"
#include "tests/tools/process.hpp"

namespace hearsay::tools {
namespace {

using ::testing::AllOf;
using testing::ask;
using testing::Connection;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using testing::put;
using testing::request;
using ::testing::SizeIs;

/// The lines of a text that contain `part`.
std::vector<std::string> lines_with(const std::string& text, const std::string& part) {
  std::vector<std::string> lines = lines_of(text);
  std::erase_if(lines, [&](const std::string& line) { return line.find(part) == std::string::npos; });
  return lines;
}

Ended interrupt(Process& up) {
  up.signal(SIGINT);
  return up.wait();
}

TEST(Up, TheSeedsExampleLineForLine) {
  const std::uint16_t port = testing::free_ports(6);
  Process up({"up"}, {.environment = {"NUM_GOROUTINES=5", fmt::format("START_PORT={}", port),
                                      "NUM_NODES_TO_SEND=3", "SEND_INTERVAL=1"}});
  up.wait_for("Committed version 1 → count = 6\n");
  const Ended ended = interrupt(up);
  EXPECT_EQ(ended.exit_code, 0);
  const std::vector<std::string> lines = lines_of(ended.out);
  ASSERT_GT(lines.size(), 13U);
  for (int server = 0; server < 6; ++server)
    EXPECT_EQ(lines[static_cast<std::size_t>(server)],
              fmt::format("Starting server {} on port {}", server, port + server));
  EXPECT_EQ(lines[6], "Sending version 1");
  EXPECT_THAT(lines_with(ended.out, "version 1"),
              ElementsAre("Sending version 1", "Committed version 1 → count = 6"));
  EXPECT_THAT(
      lines_with(ended.out, "for 1 "),
      ElementsAre("Received for 1 → count = 1", "Received for 1 → count = 2", "Received for 1 → count = 3",
                  "Received for 1 → count = 4", "Received for 1 → count = 5"));
  EXPECT_THAT(lines, Each(MatchesRegex("Starting server [0-9]+ on port [0-9]+|Sending version [0-9]+|"
                                       "Received for [0-9]+ → count = [0-9]+|"
                                       "Committed version [0-9]+ → count = 6")));
}

TEST(Up, NothingListensAfterwards) {
  const std::uint16_t port = testing::free_ports(3);
  Process up({"up", "--nodes", "3", "--start-port", std::to_string(port)});
  up.wait_for("Starting server 2");
  up.wait_for("Sending version 1");
  EXPECT_TRUE(testing::listens(port));
  EXPECT_EQ(interrupt(up).exit_code, 0);
  for (int i = 0; i < 3; ++i) testing::occupy(static_cast<std::uint16_t>(port + i), true);
}

TEST(Up, ATakenPortEndsWith69AndItsNumber) {
  const std::uint16_t port = testing::free_ports(6);
  const testing::Descriptor taken = testing::occupy(static_cast<std::uint16_t>(port + 5));
  const Ended ended = hearsay({"up", "--start-port", std::to_string(port)});
  EXPECT_EQ(ended.exit_code, 69);
  EXPECT_THAT(ended.err, HasSubstr(fmt::format("port {} is already in use", port + 5)));
  EXPECT_THAT(ended.out, IsEmpty());
}

TEST(Up, ServesForeignClients) {
  const std::uint16_t port = testing::free_ports(6);
  Process up(
      {"up", "--start-port", std::to_string(port), "--interval", "10h", "--set", "gossip.interval=\"10ms\""});
  up.wait_for("Starting server 5");
  EXPECT_EQ(ask(port, put("777")).status, 200);
  EXPECT_EQ(ask(port, put("777")).body, fmt::format("Server 0 (port {}) already saw 777", port));
  up.wait_for("Committed version 777 → count = 6\n");
  EXPECT_EQ(interrupt(up).exit_code, 0);
}

/// How many nodes it starts.
std::size_t nodes_of(const std::vector<std::string>& arguments, const std::vector<std::string>& environment) {
  Process up(arguments, {.environment = environment});
  up.wait_for("Sending version 1");
  return lines_with(interrupt(up).out, "Starting server").size();
}

TEST(Up, AFlagBeatsTheFileAndTheFileTheEnvironment) {
  const Folder folder;
  const std::string file = folder.write("it.toml", "[cluster]\nnodes = 4\n[publish]\ninterval = \"100ms\"\n");
  const std::vector<std::string> environment = {"START_PORT=0", "NUM_GOROUTINES=2", "SEND_INTERVAL=1"};
  EXPECT_EQ(nodes_of({"up"}, environment), 3U);
  EXPECT_EQ(nodes_of({"up", file}, environment), 4U);
  EXPECT_EQ(nodes_of({"up", file, "--nodes", "5"}, environment), 5U);
  EXPECT_EQ(nodes_of({"up", "--nodes", "5"}, environment), 5U);
  EXPECT_EQ(nodes_of({"up", file, "--set", "cluster.nodes=6"}, environment), 6U);
}

TEST(Up, WhatTheFileLeavesOutComesFromTheEnvironment) {
  const Folder folder;
  const std::string file = folder.write("it.toml", "cluster.nodes = 4\n");
  const std::uint16_t port = testing::free_ports(4);
  Process up({"up", file}, {.environment = {fmt::format("START_PORT={}", port), "NUM_GOROUTINES=8"}});
  up.wait_for(fmt::format("Starting server 3 on port {}\n", port + 3));
  EXPECT_EQ(interrupt(up).exit_code, 0);
}

TEST(Up, WhatIsWrongInTheEnvironmentIsToldByItsName) {
  const auto told = [](const std::string& variable) {
    const Ended ended = hearsay({"up"}, {.environment = {"START_PORT=0", variable}});
    EXPECT_EQ(ended.exit_code, 64);
    return ended.err;
  };
  EXPECT_THAT(told("NUM_NODES_TO_SEND=50"), HasSubstr("NUM_NODES_TO_SEND=50 in the environment: \"fanout\""));
  EXPECT_THAT(told("SEND_INTERVAL=0"), HasSubstr("must be a whole number from 1 to "));
}

/// Faults may come after the file's own last version; what it expects is not judged.
TEST(Up, HasNoEnd) {
  const Folder folder;
  const std::string file =
      folder.write("it.toml", quick("[[fault]]\nname = \"late\"\nkind = \"kill\"\nnodes = 1\nat = \"10h\"\n"
                                    "[[expect]]\nthat = \"lost == 0\"\n"));
  Process up({"up", file, "--start-port", "0"});
  up.wait_for("Sending version 6");
  const Ended ended = interrupt(up);
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_THAT(ended.err, HasSubstr("it.toml: up publishes for ever; what is expected there is not judged"));
}

TEST(Up, EndsWithItsReader) {
  Process up({"up", "--interval", "10ms"}, {.environment = {"START_PORT=0"}});
  up.wait_for("Sending version 1");
  up.hang_up();
  EXPECT_EQ(up.wait().exit_code, 69);
}

TEST(Up, WritesEachLineAtOnce) {
  Process up({"up", "--interval", "10h"}, {.environment = {"START_PORT=0"}});
  up.wait_for("Starting server 5 on port ");
  EXPECT_EQ(interrupt(up).exit_code, 0);
}

/// Of a node whose descriptors were all taken. That others hung up is known to it a little later than to
/// them: till then it hangs up on new ones too, each time having looked at some of the old.
int status_in_the_end(std::uint16_t port) {
  for (int tries = 0;; ++tries) {
    try {
      return ask(port, request("GET", "/healthz")).status;
    } catch (const std::exception&) {
      if (tries == 1'000) throw;
    }
  }
}

/// Foreign clients that use up all files it may open are turned away, and do no lasting harm.
TEST(Up, SurvivesMoreConnectionsThanItMayOpen) {
  constexpr int kFiles = 200;
  const std::uint16_t port = testing::free_ports(3);
  Process up(
      {"up", "--nodes", "3", "--start-port", std::to_string(port), "--set", "gossip.interval=\"50ms\""},
      {.most_files = kFiles});
  up.wait_for("Committed version 1");
  {
    std::vector<Connection> hoard;
    for (int i = 0; i < 2 * kFiles; ++i) hoard.emplace_back(port);
    EXPECT_THAT(hoard.back().read_to_end(), IsEmpty());
  }
  EXPECT_EQ(status_in_the_end(port), 200);
  const Ended ended = interrupt(up);
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_THAT(lines_of(ended.err), SizeIs(1)) << ended.err.substr(0, 1000);
}

/// They would make messages fail, which says nothing about the gossip: a run is not judged then.
TEST(Run, EndsWhereOthersTakeAllFilesThatItMayOpen) {
  if (testing::kSanitized) GTEST_SKIP() << "without files a sanitizer cannot tell what an object is";
  constexpr int kFiles = 200;
  const Folder folder;
  const std::uint16_t port = testing::free_ports(3);
  Process run({"run", folder.write("it.toml", fmt::format(R"(
cluster = {{ nodes = 3, start_port = {} }}
publish = {{ versions = 10000, interval = "50ms" }}
)",
                                                          port))},
              {.most_files = kFiles});
  while (!testing::listens(port)) continue;
  std::vector<Connection> hoard;
  try {
    while (hoard.size() < 2 * kFiles) hoard.emplace_back(port);
  } catch (const std::exception&) {  // it has ended already
  }
  const Ended ended = run.wait();
  EXPECT_EQ(ended.exit_code, 69);
  EXPECT_THAT(ended.err, HasSubstr("other connections to the nodes took all open files"));
}

}  // namespace
}  // namespace hearsay::tools
