// Removing a fault on nodes changes no draw of another fault: what is sent all the same goes to the same
// node, meets the same fate and takes the same time; and whom faults strike is whom they would have struck.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "sim/simulation.hpp"
#include "tests/support/sanitized.hpp"
#include "tests/support/written.hpp"

namespace hearsay::sim {
namespace {

using measure::Event;

constexpr int kSeeds = testing::kSanitized ? 3 : 20;

/// Keeps what happens in a run.
class Listener final : public core::Observer, private measure::EventSink {
 public:
  using Identity = std::tuple<Version, NodeId, Life, Round, std::uint32_t>;
  using Draws = std::tuple<NodeId, Fate, std::uint32_t>;

  std::map<Identity, Draws> sent;
  std::vector<Event> changes;  // of nodes

 private:
  measure::EventSink* events() override { return this; }
  void happened(const Event& event) override {
    if (event.kind == Event::Kind::send)
      sent[{event.version, event.from, event.life, event.round, event.index}] = {event.to, event.fate,
                                                                                 event.duration};
    if (event.kind == Event::Kind::up || event.kind == Event::Kind::down) changes.push_back(event);
  }
  void reached(Tick) override {}
};

Listener listen(const std::string& toml) {
  Listener listener;
  run(testing::written(toml), listener);
  return listener;
}

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
    const Listener without = listen(cluster(seed));
    for (const std::string& removed : faults()) {
      const Listener with = listen(cluster(seed) + removed);
      std::size_t common = 0;
      for (const auto& [identity, draws] : with.sent) {
        const auto there = without.sent.find(identity);
        if (there == without.sent.end()) continue;
        ASSERT_EQ(draws, there->second) << removed;
        ++common;
      }
      EXPECT_GT(common, 10U) << removed;
    }
  }
}

/// Neither pauses nor slow or fast nodes change who goes down when.
TEST(Keyed, WhomADeathStrikesDependsOnDeathsAlone) {
  for (const std::string& death : {faults()[0], faults()[1]})
    for (int seed = 1; seed <= kSeeds; ++seed) {
      const std::vector<Event> alone = listen(cluster(seed) + death).changes;
      for (std::size_t other = 2; other < faults().size(); ++other) {
        const std::vector<Event> beside = listen(cluster(seed) + faults()[other] + death).changes;
        const std::size_t common = std::min(alone.size(), beside.size());
        EXPECT_GT(common, 5U);
        for (std::size_t i = 0; i < common; ++i) ASSERT_EQ(alone[i], beside[i]) << faults()[other];
      }
    }
}

}  // namespace
}  // namespace hearsay::sim
