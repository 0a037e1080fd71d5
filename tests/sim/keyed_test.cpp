// Removing a fault on nodes changes no draw of another fault: what is sent all the same goes to the same
// node, meets the same fate and takes the same time; and whom faults strike is whom they would have struck.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/sim/listener.hpp"
#include "tests/support/sanitized.hpp"
#include "tests/support/written.hpp"

namespace hearsay::sim {
namespace {

using measure::Event;

constexpr int kSeeds = testing::kSanitized ? 2 : 20;

Listener listen_to(const std::string& toml) { return listen(testing::written(toml)); }

std::string cluster(int seed) {
  return fmt::format(R"(
seed = {}
cluster.nodes = 12
network.latency = "1ms..5ms"
gossip = {{ fanout = 3, rounds = 4, interval = "10ms" }}
publish = {{ versions = 8, interval = "7ms", deadline = "1s" }}
[[fault]]
name = "loss"
kind = "drop"
probability = "30%"
[[fault]]
name = "late"
kind = "delay"
delay = "0ms..9ms"
)",
                     seed);
}

std::string fault(const std::string& kind, const std::string& more) {
  return fmt::format("[[fault]]\nname = \"a {0}\"\nkind = \"{0}\"\n{1}\n", kind, more);
}

const std::vector<std::string>& faults() {
  static const std::vector<std::string> all = {
      fault("churn", "rate = 200\nrestart_after = \"1ms..20ms\""),
      fault("kill", "nodes = { count = 3 }\nevery = \"10ms\"\nrestart_after = \"8ms\""),
      fault("pause", "nodes = { share = \"40%\" }\nfor = \"8ms\"\nevery = \"15ms\""),
      fault("skew", "nodes = { count = 5 }\nfor = \"20ms\"\nevery = \"25ms\"\nfactor = 1.7"),
      fault("slow", "nodes = [2, 5]\ndelay = \"0ms..7ms\""),
  };
  return all;
}

TEST(Keyed, WhatIsSentAnywayIsJudgedAsEver) {
  for (int seed = 1; seed <= kSeeds; ++seed) {
    const Listener without = listen_to(cluster(seed));
    for (const std::string& removed : faults()) {
      std::size_t common = 0;
      for_each_in_both(listen_to(cluster(seed) + removed), without,
                       [&](const Event& one, const Event& other) {
                         ASSERT_EQ(one.to, other.to) << removed;
                         ASSERT_EQ(one.fate, other.fate) << removed;
                         ASSERT_EQ(one.duration, other.duration) << removed;
                         ++common;
                       });
      EXPECT_GT(common, 10U) << removed;
    }
  }
}

/// Neither pauses nor slow or fast nodes change who goes down when.
TEST(Keyed, WhomADeathStrikesDependsOnDeathsAlone) {
  for (const std::string& death : {faults()[0], faults()[1]})
    for (int seed = 1; seed <= kSeeds; ++seed) {
      const std::vector<Event> alone = listen_to(cluster(seed) + death).changes;
      for (std::size_t other = 2; other < faults().size(); ++other) {
        const std::vector<Event> beside = listen_to(cluster(seed) + faults()[other] + death).changes;
        const std::size_t common = std::min(alone.size(), beside.size());
        EXPECT_GT(common, 5U);
        for (std::size_t i = 0; i < common; ++i) ASSERT_EQ(alone[i], beside[i]) << faults()[other];
      }
    }
}

}  // namespace
}  // namespace hearsay::sim
