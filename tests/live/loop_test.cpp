// Exceptions and the event loop, whose C code they must not cross.

#include "live/loop.hpp"

#include <event2/event.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <stdexcept>

#include "live/cluster.hpp"
#include "tests/live/running.hpp"

namespace hearsay::live {
namespace {

using ::testing::ThrowsMessage;
using Failure = std::runtime_error;

TEST(Loop, AnExceptionIsThrownByTheTurnAndOnlyByThatOne) {
  Loop loop;
  std::function<void()> call_back = [&] { loop.guard([] { throw Failure("first"); }); };
  const Event event(evtimer_new(
      loop.base(), [](int, short, void* self) { (*static_cast<std::function<void()>*>(self))(); },
      &call_back));
  event_active(event.get(), EV_TIMEOUT, 0);
  EXPECT_THAT([&] { loop.turn(kHour); }, ThrowsMessage<Failure>("first"));
  loop.turn(0);
}

TEST(Loop, WhatIsThrownOutsideATurnEndsTheNextOne) {
  Loop loop;
  loop.guard([] { throw Failure("first"); });
  loop.guard([] { throw Failure("second"); });
  EXPECT_THAT([&] { loop.turn(kHour); }, ThrowsMessage<Failure>("first"));
}

/// Fails at the first learning, while the node's server handles a request.
class Failing final : public core::Observer {
 public:
  void learned(Version, NodeId, bool) override { throw Failure("of the observer"); }
};

TEST(Loop, AnExceptionOfTheObserverEndsTheRun) {
  const scenario::Scenario scenario =
      scenario_of("cluster.nodes = 3\npublish = { versions = 5, interval = \"1ms\" }");
  Failing failing;
  EXPECT_THAT([&] { run(scenario, failing); }, ThrowsMessage<Failure>("of the observer"));
}

}  // namespace
}  // namespace hearsay::live
