// Runs with deaths, losses and delays, against a replay of what was sent that looks through everything anew
// at each instant.

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/core/virtual_world.hpp"

namespace hearsay::core {
namespace {

class Replay {
 public:
  Replay(const scenario::Scenario& scenario, const VirtualWorld& world)
      : scenario_(scenario), wipes_(scenario.faults.at(0).get<std::string>("state") == "wipe") {
    for (NodeId node = 0; node < scenario.cluster.nodes; ++node) up_.insert(node);
    std::map<Tick, Instant> instants;
    for (const Change& change : world.changes()) instants[change.at].changes.push_back(change);
    for (const Message& message : world.sent()) {
      instants[message.at].sent.push_back(message);
      if (message.goes_on()) instants[message.at + message.delay].arrivals.push_back(message);
    }
    for (const auto& [at, instant] : instants)
      if (at <= world.now()) pass(at, instant);
  }

  void expect(const measure::Outcome& outcome) const {
    RC_ASSERT(outcome.messages.delivered == delivered_);
    RC_ASSERT(outcome.messages.failed == failed_);
    for (const measure::VersionRecord& version : outcome.versions) {
      const auto committed = committed_.find(version.version);
      RC_ASSERT(version.committed == (committed == committed_.end() ? kNever : committed->second));
      const auto learnings = learnings_.find(version.version);
      RC_ASSERT(version.learnings == (learnings == learnings_.end() ? 0 : learnings->second));
    }
  }

 private:
  struct Instant {
    std::vector<Change> changes;
    std::vector<Message> arrivals;
    std::vector<Message> sent;
  };

  void pass(Tick at, const Instant& instant) {
    for (const Change& change : instant.changes) apply(change);
    commit(at);
    for (const Message& message : instant.arrivals) arrive(message);
    commit(at);
    for (const Message& message : instant.sent) expect_sendable(message);
  }

  void apply(const Change& change) {
    if (change.up) {
      up_.insert(change.node);
      return;
    }
    up_.erase(change.node);
    if (!wipes_) return;
    ++lives_[change.node];
    for (auto& [version, holders] : holders_) holders.erase(change.node);
  }

  void arrive(const Message& message) {
    if (!up_.contains(message.to)) {
      ++failed_;
      return;
    }
    ++delivered_;
    if (holders_[message.version].insert(message.to).second) ++learnings_[message.version];
  }

  void commit(Tick at) {
    for (const auto& [version, holders] : holders_) {
      const Tick deadline = version * scenario_.publish.interval + scenario_.publish.deadline;
      if (at <= deadline && all_required_are_in(holders)) committed_.try_emplace(version, at);
    }
  }

  bool all_required_are_in(const std::set<NodeId>& holders) const {
    if (scenario_.cluster.commit == scenario::CommitRule::all)
      return holders.size() == scenario_.cluster.nodes;
    for (const NodeId node : up_)
      if (!holders.contains(node)) return false;
    return !up_.empty();
  }

  void expect_sendable(const Message& message) {
    if (message.from == kInitiator) return;
    RC_ASSERT(up_.contains(message.from));
    RC_ASSERT(holders_[message.version].contains(message.from));
    RC_ASSERT(message.life == lives_[message.from]);
  }

  const scenario::Scenario& scenario_;
  bool wipes_;
  std::set<NodeId> up_;
  std::map<NodeId, Life> lives_;
  std::map<Version, std::set<NodeId>> holders_;
  std::map<Version, Tick> committed_;
  std::map<Version, std::uint64_t> learnings_;
  std::uint64_t delivered_ = 0;
  std::uint64_t failed_ = 0;
};

int number(int least, int most) { return *rc::gen::inRange(least, most + 1); }

const char* one_of(const char* this_one, const char* that_one) {
  return *rc::gen::element(this_one, that_one);
}

/// Times so short that arrivals, rounds, deaths and deadlines often meet in one instant.
std::string any_cluster(int nodes) {
  return fmt::format(R"(
seed = {}
cluster.nodes = {}
cluster.commit = "{}"
network.latency = "1us..{}us"
gossip.fanout = {}
gossip.rounds = {}
gossip.interval = "{}us"
gossip.first = "{}"
publish.versions = 4
publish.interval = "{}us"
publish.deadline = "{}us"
)",
                     number(0, 1'000'000), nodes, one_of("all", "alive"), number(1, 6), number(1, nodes),
                     number(0, 3), number(1, 8), one_of("at-once", "after-interval"), number(1, 12),
                     number(5, 60));
}

std::string any_kill(int nodes) {
  std::string toml = fmt::format(R"(
[[fault]]
name = "crash"
kind = "kill"
nodes.count = {}
at = "{}us"
state = "{}"
)",
                                 number(1, nodes), number(0, 9), one_of("keep", "wipe"));
  if (*rc::gen::arbitrary<bool>()) toml += fmt::format("every = \"{}us\"\n", number(1, 20));
  if (*rc::gen::arbitrary<bool>()) toml += fmt::format("restart_after = \"{}us\"\n", number(0, 12));
  return toml;
}

std::string any_wire() {
  return fmt::format(R"(
[[fault]]
name = "wifi"
kind = "drop"
probability = "{}%"

[[fault]]
name = "slow"
kind = "delay"
delay = "0us..5us"
from = 0
)",
                     number(0, 40));
}

scenario::Scenario any_deadly_scenario() {
  const int nodes = number(1, 6);
  return testing::written(any_cluster(nodes) + any_kill(nodes) + any_wire());
}

RC_GTEST_PROP(Driver, AgreesWithAReplayOfWhatWasSent, ()) {
  const scenario::Scenario scenario = any_deadly_scenario();
  VirtualWorld world(scenario);
  const measure::Outcome outcome = world.run();
  const measure::Messages& messages = outcome.messages;
  RC_ASSERT(messages.sent == messages.delivered + messages.dropped + messages.failed + messages.in_flight);
  RC_ASSERT(messages.sent == world.sent().size());
  Replay(scenario, world).expect(outcome);
}

}  // namespace
}  // namespace hearsay::core
