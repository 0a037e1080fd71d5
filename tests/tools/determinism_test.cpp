// The check for determinism, on runs that differ as they are told to.

#include "tools/determinism.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/check.hpp"
#include "tests/tools/process.hpp"
#include "tools/worlds.hpp"

namespace hearsay::tools {
namespace {

using measure::Event;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

using Teller = std::function<void(measure::EventSink&)>;

/// Learnings of nodes 0.. at instants 0.., of which the last is by `last`.
Teller learnings(NodeId count, NodeId last) {
  return [=](measure::EventSink& sink) {
    for (NodeId node = 0; node < count; ++node)
      sink.happened(
          {.at = node, .kind = Event::Kind::learn, .version = 1, .to = node + 1 == count ? last : node});
  };
}

TEST(FirstDifference, OfTheSameEventsIsNone) {
  EXPECT_FALSE(first_difference({}, learnings(0, 0), learnings(0, 0)));
  EXPECT_FALSE(first_difference({}, learnings(1'000, 7), learnings(1'000, 7)));
}

TEST(FirstDifference, IsShownWithBothLines) {
  const auto difference = first_difference({}, learnings(1'000, 7), learnings(1'000, 8));
  ASSERT_TRUE(difference);
  EXPECT_EQ(difference->line, 1'000U);
  EXPECT_EQ(difference->first, R"({"t_us":999,"event":"learn","version":1,"node":7,"life":0})");
  EXPECT_EQ(difference->second, R"({"t_us":999,"event":"learn","version":1,"node":8,"life":0})");
}

TEST(FirstDifference, MayBeThatOneTraceHasEnded) {
  const auto longer = first_difference({}, learnings(2, 1), learnings(1, 0));
  ASSERT_TRUE(longer);
  EXPECT_EQ(longer->line, 2U);
  EXPECT_EQ(longer->second, "");
  const auto shorter = first_difference({}, learnings(0, 0), learnings(1, 0));
  ASSERT_TRUE(shorter);
  EXPECT_EQ(shorter->line, 1U);
  EXPECT_EQ(shorter->first, "");
}

TEST(FirstDifference, OrderWithinAnInstantIsNone) {
  const auto pair = [](NodeId first, NodeId second) {
    return [=](measure::EventSink& sink) {
      for (const NodeId node : {first, second}) sink.happened({.kind = Event::Kind::learn, .to = node});
    };
  };
  EXPECT_FALSE(first_difference({}, pair(1, 2), pair(2, 1)));
}

/// A world whose runs have the digests and events that were planned, one after the other.
class Planned {
 public:
  struct One {
    std::uint64_t digest;
    Teller tell = learnings(1, 0);
    bool interrupted = false;
  };

  explicit Planned(std::vector<One> runs) : runs_(std::move(runs)) {}

  runs::Run run() {
    return [this](const scenario::Scenario& scenario, core::Observer& observer) {
      const One& one = runs_.at(done_++);
      if (observer.events() != nullptr) one.tell(*observer.events());
      measure::Outcome outcome;
      outcome.seed = scenario.seed;
      outcome.trace_digest = Digest{one.digest, 0};
      outcome.interrupted = one.interrupted;
      return outcome;
    };
  }

  std::size_t done() const { return done_; }

 private:
  std::vector<One> runs_;
  std::size_t done_ = 0;
};

measure::Outcome check(Planned& world) {
  scenario::Scenario scenario;
  scenario.seed = 7;
  core::Observer observer;
  return checked(world.run(), world.run())(scenario, observer);
}

TEST(Checked, EqualDigestsGiveTheOutcome) {
  Planned world({{.digest = 5}, {.digest = 5}});
  EXPECT_EQ(check(world).trace_digest, (Digest{5, 0}));
  EXPECT_EQ(world.done(), 2U);
}

TEST(Checked, ADifferenceIsABugAndShown) {
  Planned world({{.digest = 5}, {.digest = 6}, {5, learnings(3, 8)}, {6, learnings(3, 9)}});
  EXPECT_THAT([&] { check(world); },
              ThrowsMessage<Bug>(
                  AllOf(HasSubstr("seed 7 gave two different traces, with the digests "
                                  "00000000000000000000000000000005 and 00000000000000000000000000000006"),
                        EndsWith("the first event that differs is in line 3 of the traces:\n"
                                 "  {\"t_us\":2,\"event\":\"learn\",\"version\":1,\"node\":8,\"life\":0}\n"
                                 "  {\"t_us\":2,\"event\":\"learn\",\"version\":1,\"node\":9,\"life\":0}"))));
}

TEST(Checked, AnEndOfATraceIsShown) {
  Planned world({{.digest = 5}, {.digest = 6}, {5, learnings(1, 0)}, {6, learnings(0, 0)}});
  EXPECT_THAT([&] { check(world); }, ThrowsMessage<Bug>(EndsWith("(the trace has ended)")));
}

TEST(Checked, ADifferenceThatDoesNotComeAgainIsSaid) {
  Planned world({{.digest = 5}, {.digest = 6}, {.digest = 5}, {.digest = 5}});
  EXPECT_THAT([&] { check(world); }, ThrowsMessage<Bug>(EndsWith("it gave the same events")));
}

TEST(Checked, WhatIsInterruptedIsNotCompared) {
  Planned first({{.digest = 5, .interrupted = true}});
  EXPECT_TRUE(check(first).interrupted);
  Planned second({{.digest = 5}, {.digest = 6, .interrupted = true}});
  EXPECT_TRUE(check(second).interrupted);
  Planned third({{.digest = 5}, {.digest = 6}, {5, learnings(1, 0)}, {.digest = 6, .interrupted = true}});
  EXPECT_THAT([&] { check(third); }, ThrowsMessage<Bug>(HasSubstr("; interrupted before")));
}

TEST(Checked, AWorldWithoutADigestIsABug) {
  const runs::Run run = [](const scenario::Scenario&, core::Observer&) { return measure::Outcome(); };
  core::Observer observer;
  EXPECT_THROW(checked(run, run)({}, observer), Bug);
}

TEST(CheckDeterminism, PassesInEveryDeterministicWorldAndIsRefusedInOthers) {
  const Folder folder;
  const std::string file = folder.write("it.toml", quick());
  for (const World& world : worlds()) {
    const Ended ended =
        hearsay({"run", file, "--world", std::string(world.name), "--repeat", "3", "--check-determinism"});
    EXPECT_EQ(ended.exit_code, world.deterministic ? 0 : 64) << world.name << ended.out << ended.err;
    EXPECT_THAT(ended.err, world.deterministic ? HasSubstr("") : HasSubstr("add --world sim")) << world.name;
  }
}

}  // namespace
}  // namespace hearsay::tools
