// When a run recovered, as the driver has it measured.

#include <gtest/gtest.h>

#include "tests/core/virtual_world.hpp"

namespace hearsay::core {
namespace {

// Every send reaches all five nodes, 1 ms later.
std::string cluster(const std::string& more) {
  return "[cluster]\nnodes = 5\n[gossip]\nfanout = 5\n[publish]\nversions = 2\n[[expect]]\nthat = \"recovery "
         "<= 1s\"\n" +
         more;
}

std::optional<measure::Recovery> recovery_of(const std::string& toml) {
  return VirtualWorld(toml).run().recovery;
}

constexpr std::string_view kSevered =
    "[[fault]]\nname = \"cut\"\nkind = \"drop\"\nprobability = 1\nto = [0, 1]\nfor = \"3500ms\"\n";

// Nodes 2 to 4 learn version 1 at 1.001 s; the first of their rounds after the healing is at 4.001 s.
TEST(DriverRecovery, IsFromTheEndOfTheLastWindowToTheLastLearning) {
  const auto recovery = recovery_of(cluster(std::string(kSevered)));
  EXPECT_EQ(recovery.value().longest, 502 * kMillisecond);
  EXPECT_EQ(recovery->unhealed, 0U);
}

// Node 0 is empty and up again at 2.2 s; both versions have rounds at 3.001 s.
TEST(DriverRecovery, IsFromTheLastRestart) {
  const auto recovery =
      recovery_of(cluster("[[fault]]\nname = \"crash\"\nkind = \"kill\"\nnodes = 0\nat = "
                          "\"500ms\"\nrestart_after = \"1700ms\"\n"));
  EXPECT_EQ(recovery.value().longest, 802 * kMillisecond);
}

TEST(DriverRecovery, NeverCameWhenAllRoundsWereOver) {
  const auto recovery =
      recovery_of(cluster("[[fault]]\nname = \"crash\"\nkind = \"kill\"\nnodes = 0\nat = \"500ms\"\n"
                          "restart_after = \"5800ms\"\n"));
  EXPECT_EQ(recovery.value().longest, kNever) << "version 1 has its last round at 6.001 s";
}

TEST(DriverRecovery, IsNotSeenWhereTheRunEndsBefore) {
  const auto recovery =
      recovery_of(cluster("[[fault]]\nname = \"cut\"\nkind = \"drop\"\nprobability = 1\nfor = \"20s\"\n"));
  EXPECT_EQ(recovery.value().unhealed, 1U) << "nothing ever left the initiator";
}

TEST(DriverRecovery, ToMeasureItChangesNothingElse) {
  const std::string toml = cluster(std::string(kSevered));
  scenario::Scenario without = testing::written(toml);
  without.expectations.clear();
  const measure::Outcome plain = VirtualWorld(without).run();
  const measure::Outcome asked = VirtualWorld(toml).run();
  EXPECT_EQ(plain.recovery.has_value(), false);
  EXPECT_EQ(plain.learned_digest, asked.learned_digest);
  EXPECT_EQ(plain.messages.sent, asked.messages.sent);
  EXPECT_EQ(plain.duration, asked.duration);
}

}  // namespace
}  // namespace hearsay::core
