// Delays, ends and interruptions. A loaded machine is late, never early: only that is asserted.

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <string>

#include "live/cluster.hpp"
#include "tests/live/running.hpp"

namespace hearsay::live {
namespace {

using measure::End;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

/// The initiator tells all nodes, which tell nobody.
constexpr const char* kOneBurst =
    "cluster.nodes = 5\ngossip = { fanout = 5, rounds = 0 }\n"
    "publish = { versions = 10, interval = \"10ms\", deadline = \"1h\" }\n";

std::string delayed_by(const std::string& delay) {
  return kOneBurst + std::string("fault = [{ name = \"slow\", kind = \"delay\", delay = \"") + delay +
         "\" }]";
}

measure::Outcome run_quietly(const std::string& toml) {
  const scenario::Scenario scenario = scenario_of(toml);
  core::Observer observer;
  return run(scenario, observer);
}

/// Measures, by its own clock, the shortest way from publishing to learning.
class Stopwatch final : public core::Observer {
 public:
  void published(Version version) override { published_[version] = Clock::now(); }
  void learned(Version version, NodeId, bool) override {
    shortest = std::min(shortest, Clock::now() - published_.at(version));
    ++learnings;
  }

  Clock::duration shortest = Clock::duration::max();
  int learnings = 0;

 private:
  std::map<Version, Clock::time_point> published_;
};

TEST(Delay, NoMessageArrivesBeforeItsDelay) {
  const scenario::Scenario scenario = scenario_of(delayed_by("60ms"));
  Stopwatch stopwatch;
  const measure::Outcome outcome = run(scenario, stopwatch);
  EXPECT_EQ(stopwatch.learnings, 50);
  // The delay counts from the instant at which the message was judged, just before `published` was told.
  EXPECT_GE(stopwatch.shortest, milliseconds(59));
  for (const measure::VersionRecord& version : outcome.versions)
    EXPECT_GE(version.latency(), 60 * kMillisecond);
}

TEST(Delay, ARangeIsKeptFromBelow) {
  const measure::Outcome outcome = run_quietly(delayed_by("20ms..50ms"));
  EXPECT_EQ(outcome.messages.delivered, 50U);
  for (const measure::VersionRecord& version : outcome.versions)
    EXPECT_GE(version.latency(), 20 * kMillisecond);
}

TEST(Delay, WhatAFaultHeldBackIsCounted) {
  const measure::Outcome outcome = run_quietly(delayed_by("1ms"));
  EXPECT_EQ(outcome.messages.delayed, 50U);
  EXPECT_EQ(outcome.faults.at(0).hit, 50U);
}

TEST(Delay, TheLatencyOfTheNetworkIsKeptButIsNoFault) {
  const measure::Outcome outcome = run_quietly(std::string("network.latency = \"15ms..30ms\"\n") + kOneBurst);
  for (const measure::VersionRecord& version : outcome.versions)
    EXPECT_GE(version.latency(), 15 * kMillisecond);
  EXPECT_EQ(outcome.messages.delayed, 0U);
}

// The initiator tells one node, which tells all.
TEST(Delay, TheLatencyOfAGroupIsThatOfMessagesBetweenItsNodes) {
  const measure::Outcome outcome = run_quietly(
      "cluster.nodes = 5\ngossip = { fanout = 5, rounds = 1, first = \"at-once\" }\n"
      "publish = { versions = 5, interval = \"1ms\", fanout = 1 }\n"
      "network.group = [{ nodes = \"*\", latency = \"30ms..40ms\" }]");
  for (const measure::VersionRecord& version : outcome.versions)
    EXPECT_GE(version.latency(), 30 * kMillisecond);
}

TEST(Delay, WhatIsHeldBackAtTheEndIsInFlight) {
  const measure::Outcome outcome = run_quietly(
      "cluster.nodes = 5\ngossip = { fanout = 5, rounds = 0 }\n"
      "publish = { versions = 10, interval = \"10ms\", deadline = \"50ms\" }\n"
      "fault = [{ name = \"slow\", kind = \"delay\", delay = \"10h\" }]");
  EXPECT_EQ(outcome.messages.sent, 50U);
  EXPECT_EQ(outcome.messages.in_flight, 50U);
  for (const measure::VersionRecord& version : outcome.versions) EXPECT_TRUE(version.never_entered());
}

TEST(Lag, IsMeasured) {
  const measure::Outcome outcome = run_quietly(kOneBurst);
  ASSERT_TRUE(outcome.lag.has_value());
  EXPECT_GE(outcome.lag->p50, 0);
  EXPECT_GE(outcome.lag->p99, outcome.lag->p50);
  EXPECT_GE(outcome.lag->max, outcome.lag->p50);
  EXPECT_GT(outcome.lag->max, 0);
}

void spin(Clock::duration time) {
  for (const auto until = Clock::now() + time; Clock::now() < until;) continue;
}

/// Keeps the machine busy before what is published goes out.
class Burden final : public core::Observer {
 public:
  void published(Version) override { spin(milliseconds(50)); }
};

TEST(Lag, IsThatOfMessagesTooWhetherTheyArriveOrAreRefused) {
  for (const char* fault : {"", "fault = [{ name = \"crash\", kind = \"kill\", nodes = \"*\" }]"}) {
    const scenario::Scenario scenario = scenario_of(
        "cluster.nodes = 5\ngossip = { fanout = 5, rounds = 0 }\n"
        "publish = { versions = 1, interval = \"10ms\", deadline = \"1h\" }\n" +
        std::string(fault));
    Burden burden;
    const measure::Outcome outcome = run(scenario, burden);
    EXPECT_GE(outcome.lag->p50, 50 * kMillisecond) << fault;
  }
}

TEST(Lag, IsNotTheDelayOfFaults) {
  const measure::Outcome outcome = run_quietly(delayed_by("300ms"));
  EXPECT_LT(outcome.lag->p50, 300 * kMillisecond);
}

/// Interrupts once so many versions were published, and keeps what it was told last.
class Interrupter final : public core::Observer {
 public:
  explicit Interrupter(int after) : left_(after) {}

  void published(Version) override { --left_; }
  void progress(const core::Progress& progress) override { last = progress; }
  bool interrupted() override { return left_ <= 0; }

  core::Progress last;

 private:
  int left_;
};

TEST(Interruption, LeavesVersionsOpenAndTheAccountBalanced) {
  const scenario::Scenario scenario = scenario_of(
      "cluster.nodes = 10\ngossip.interval = \"20ms\"\n"
      "publish = { versions = 100000, interval = \"10ms\", deadline = \"10h\" }\n"
      "fault = [{ name = \"slow\", kind = \"delay\", delay = \"5ms..20ms\" }]");
  Interrupter interrupter(20);
  const measure::Outcome outcome = run(scenario, interrupter);
  EXPECT_TRUE(outcome.interrupted);
  EXPECT_GE(outcome.versions.size(), 20U);
  EXPECT_LT(outcome.versions.size(), 100'000U);
  for (const measure::VersionRecord& version : outcome.versions) EXPECT_EQ(version.end, End::open);
  expect_balanced(outcome);
  EXPECT_EQ(interrupter.last.sent, outcome.messages.sent);
  EXPECT_EQ(interrupter.last.in_flight, outcome.messages.in_flight);
  EXPECT_EQ(interrupter.last.published, outcome.versions.size());
}

TEST(Interruption, IsHeardWhileAMillionVersionsAreDueAtOnce) {
  const scenario::Scenario scenario =
      scenario_of("cluster.nodes = 3\npublish = { versions = 1000000, interval = \"0s\" }");
  Interrupter interrupter(1);
  const measure::Outcome outcome = run(scenario, interrupter);
  EXPECT_TRUE(outcome.interrupted);
  EXPECT_LT(outcome.versions.size(), 1'000'000U);
  expect_balanced(outcome);
}

TEST(Interruption, SettlesWhatWasPastItsDeadline) {
  const scenario::Scenario scenario = scenario_of(
      "cluster.nodes = 3\ngossip = { rounds = 0, fanout = 1 }\n"
      "publish = { versions = 100000, interval = \"10ms\", deadline = \"1us\" }");
  Interrupter interrupter(20);
  const measure::Outcome outcome = run(scenario, interrupter);
  EXPECT_TRUE(outcome.interrupted);
  for (const measure::VersionRecord& version : outcome.versions) EXPECT_EQ(version.end, End::lost);
}

}  // namespace
}  // namespace hearsay::live
