#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/faults/stream.hpp"

namespace hearsay::faults {
namespace {

Layer throttled(const std::string& lines) { return layer_of(a_fault("throttle", lines)); }

TEST(Throttle, LetsMessagesPassOneAfterTheOther) {
  Layer layer = throttled("rate = \"100/s\"");
  Stream stream(layer);
  EXPECT_EQ(stream.message({.at = 5}).delay, 0U);
  EXPECT_EQ(stream.message({.at = 5}).delay, 10'000U);
  EXPECT_EQ(stream.message({.at = 7'005}).delay, 13'000U);
  EXPECT_EQ(stream.message({.at = 30'005}).delay, 0U);
  EXPECT_EQ(stream.message({.at = 40'004}).delay, 1U);
  EXPECT_EQ(layer.evidence(0)[0].hit, 3U);
}

TEST(Throttle, WhatFindsTheQueueFullIsTaken) {
  Layer layer = throttled("rate = \"100/s\"\nqueue = 2");
  Stream stream(layer);
  std::vector<bool> dropped;
  for (int i = 0; i < 5; ++i) dropped.push_back(stream.message({.at = 0}).dropped());
  EXPECT_EQ(dropped, (std::vector<bool>{false, false, false, true, true}));
  EXPECT_TRUE(stream.message({.at = 9'999}).dropped());
  EXPECT_EQ(stream.message({.at = 10'000}).delay, 20'000U) << "one of the queue has left it";
}

TEST(Throttle, MayCountBytesOfWhatIsSaid) {
  Layer layer = throttled("bytes = \"1000/s\"");
  Stream stream(layer);
  EXPECT_EQ(stream.message({.version = 7}).delay, 0U);
  EXPECT_EQ(stream.message({.version = 123'456}).delay, 1'000U);
  EXPECT_EQ(stream.message({.version = 7}).delay, 7'000U);
}

TEST(Throttle, EachScopeHasARateOfItsOwn) {
  const auto delay_after = [](const std::string& scope, const Sent& first, const Sent& second) {
    Layer layer = throttled("rate = 100\nscope = \"" + scope + "\"");
    Stream stream(layer);
    stream.send(first);
    return stream.message(second).delay;
  };
  const Sent here{.from = 1, .to = {2}};
  const Sent same_from{.from = 1, .to = {3}};
  const Sent same_to{.from = 4, .to = {2}};
  const Sent other{.from = 5, .to = {6}};
  const auto delays = [&](const std::string& scope) {
    return std::vector<std::uint32_t>{delay_after(scope, here, here), delay_after(scope, here, same_from),
                                      delay_after(scope, here, same_to), delay_after(scope, here, other)};
  };
  EXPECT_EQ(delays("link"), (std::vector<std::uint32_t>{10'000, 0, 0, 0}));
  EXPECT_EQ(delays("from"), (std::vector<std::uint32_t>{10'000, 10'000, 0, 0}));
  EXPECT_EQ(delays("to"), (std::vector<std::uint32_t>{10'000, 0, 10'000, 0}));
  EXPECT_EQ(delays("all"), (std::vector<std::uint32_t>{10'000, 10'000, 10'000, 10'000}));
}

// 1,000,000 messages at 3 a second leave exactly as they should: message i at i / 3 s, rounded up.
TEST(ThrottleStatistics, KeepsItsRateToTheMicrosecondHoweverLong) {
  Layer layer = throttled("rate = 3\nqueue = 10");
  Stream stream(layer);
  for (std::uint64_t i = 0; i < 1'000'000; ++i) {
    const Tick exact = static_cast<Tick>((i * kSecond + 2) / 3);
    const Tick sent = std::max<Tick>(0, exact - kSecond);
    ASSERT_NEAR(static_cast<double>(sent + stream.message({.at = sent}).delay), static_cast<double>(exact),
                1);
  }
}

}  // namespace
}  // namespace hearsay::faults
