// What a cluster takes of its machine, and what it says when that is not to be had.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "base/errors.hpp"
#include "live/cluster.hpp"
#include "tests/live/running.hpp"
#include "tests/support/sanitized.hpp"
#include "tests/support/socket.hpp"

namespace hearsay::live {
namespace {

using testing::Descriptor;
using ::testing::ElementsAre;
using ::testing::ExitedWithCode;
using testing::free_ports;
using testing::listens;
using testing::occupy;

scenario::Scenario on_ports_from(std::uint16_t first, NodeId nodes) {
  return scenario_of(fmt::format("cluster = {{ nodes = {}, start_port = {} }}", nodes, first));
}

TEST(Start, NodesListenOnThePortsAskedFor) {
  const std::uint16_t first = free_ports(3);
  core::Observer observer;
  const scenario::Scenario scenario = on_ports_from(first, 3);
  const Cluster cluster(scenario, observer);
  EXPECT_THAT(cluster.ports(), ElementsAre(first, first + 1, first + 2));
  for (const std::uint16_t port : cluster.ports()) EXPECT_TRUE(listens(port));
}

TEST(Start, NothingListensAfterwards) {
  const std::uint16_t first = free_ports(3);
  { RunningCluster cluster(on_ports_from(first, 3)); }
  for (int i = 0; i < 3; ++i) occupy(static_cast<std::uint16_t>(first + i), true);
}

TEST(Start, ATakenPortIsNamed) {
  const std::uint16_t first = free_ports(3);
  const auto taken = static_cast<std::uint16_t>(first + 2);
  const Descriptor other = occupy(taken);
  core::Observer observer;
  const scenario::Scenario scenario = on_ports_from(first, 3);
  try {
    const Cluster cluster(scenario, observer);
    FAIL() << "it started on a port that is taken";
  } catch (const CannotRun& error) {
    EXPECT_EQ(std::string(error.what()), fmt::format("port {} is already in use on 127.0.0.1", taken));
  }
  EXPECT_FALSE(listens(first));
}

TEST(Start, APortThatListensIsTakenToo) {
  const std::uint16_t first = free_ports(2);
  const RunningCluster cluster(on_ports_from(first, 2));
  core::Observer observer;
  const scenario::Scenario scenario = on_ports_from(first, 2);
  EXPECT_THROW(Cluster(scenario, observer), CannotRun);
}

/// In a process of its own, which may open so many files, and ends with 0 when the cluster started.
[[noreturn]] void start_within(rlim_t soft, rlim_t hard, NodeId nodes) {
  const rlimit limit = {soft, hard};
  setrlimit(RLIMIT_NOFILE, &limit);
  if (geteuid() == 0 && setuid(65534) != 0) std::_Exit(EXIT_FAILURE);
  core::Observer observer;
  const scenario::Scenario scenario = on_ports_from(0, nodes);
  try {
    const Cluster cluster(scenario, observer);
  } catch (const CannotRun& error) {
    fmt::print(stderr, "{}\n", error.what());
    std::_Exit(69);
  }
  std::_Exit(EXIT_SUCCESS);
}

TEST(StartDeathTest, TooFewDescriptorsAreSaidWithTheNumberNeeded) {
  EXPECT_EXIT(start_within(64, 64, 100), ExitedWithCode(69), "100 nodes need 460 open files.*ulimit -Hn 460");
}

/// An event loop, made first, would have ended the process. A sanitizer opens some files for itself.
TEST(StartDeathTest, AHandfulOfDescriptorsIsTooFew) {
  const rlim_t handful = testing::kSanitized ? 16 : 6;
  EXPECT_EXIT(start_within(handful, handful, 1), ExitedWithCode(69), "1 node needs 163 open files");
}

TEST(StartDeathTest, DescriptorsAreRaisedAsFarAsNeeded) {
  rlimit limit = {};
  getrlimit(RLIMIT_NOFILE, &limit);
  EXPECT_EXIT(start_within(64, limit.rlim_max, 50), ExitedWithCode(EXIT_SUCCESS), "");
}

TEST(Start, AThousandNodesRunInOneProcess) {
  const scenario::Scenario scenario = scenario_of(
      "cluster.nodes = 1000\ngossip.interval = \"50ms\"\n"
      "publish = { versions = 1, interval = \"10ms\", deadline = \"1h\" }");
  core::Observer observer;
  const measure::Outcome outcome = run(scenario, observer);
  EXPECT_EQ(outcome.versions.at(0).end, measure::End::committed);
  EXPECT_EQ(outcome.messages.delivered, 1000U * 5 * 3 + 3);
  expect_balanced(outcome);
}

}  // namespace
}  // namespace hearsay::live
