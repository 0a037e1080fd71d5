// Runs of two settings under one seed share every draw that they can: targets, latencies and whatever else is
// the same in both; and what the weaker setting does to a message, the stronger one does too. Each test holds
// hundreds of messages to that. With draws of its own, the stronger setting would spare some 70 in 100 of
// those that the weaker one hits, where it is 30 %, so that not one test could pass by chance.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <tuple>

#include "tests/sim/any_scenario.hpp"
#include "tests/sim/listener.hpp"
#include "tests/support/sanitized.hpp"
#include "tests/support/written.hpp"

namespace hearsay::sim {
namespace {

using measure::Event;

constexpr std::uint64_t kPairs = testing::kSanitized ? 10 : 80;
constexpr std::uint64_t kFirstPair = 400'000;

/// A scenario of this number, with a first fault before all others.
scenario::Scenario led_by(const std::string& lines, std::uint64_t number) {
  const std::string toml = any_scenario(number);
  const std::size_t others = std::min(toml.find("[[fault]]"), toml.find("[[expect]]"));
  const std::string first = "[[fault]]\nname = \"first\"\n" + lines + "\n";
  if (others == std::string::npos) return testing::written(toml + first);
  return testing::written(toml.substr(0, others) + first + toml.substr(others));
}

/// Holds what the first fault does to a message when it is weak to what it does when it is strong, in
/// scenarios of all kinds. Returns how many messages the weak one hit.
template <typename Hit>
std::size_t hits_of_both(const std::string& weak, const std::string& strong, Hit hit) {
  std::size_t hits = 0;
  for (std::uint64_t number = kFirstPair; number < kFirstPair + kPairs; ++number)
    for_each_in_both(listen(led_by(weak, number)), listen(led_by(strong, number)),
                     [&](const Event& less, const Event& more) {
                       EXPECT_EQ(less.to, more.to);
                       if (less.copy != 0 || !hit(less)) return;
                       EXPECT_TRUE(hit(more)) << number;
                       ++hits;
                     });
  return hits;
}

bool taken_by_the_first(const Event& message) { return message.fate == 1; }

TEST(Paired, WhatIsLostAtALowRateIsLostAtAHigherOne) {
  for (const char* kind : {"drop", "reset"})
    EXPECT_GT(hits_of_both(fmt::format("kind = \"{}\"\nprobability = \"10%\"", kind),
                           fmt::format("kind = \"{}\"\nprobability = \"30%\"", kind), taken_by_the_first),
              kPairs);
}

TEST(Paired, WhomAFewSelectMoreSelectToo) {
  EXPECT_GT(hits_of_both("kind = \"drop\"\nprobability = 1\nfrom = { share = \"20%\" }",
                         "kind = \"drop\"\nprobability = 1\nfrom = { share = \"50%\" }", taken_by_the_first),
            kPairs);
}

/// A cluster in which nothing remembers, with one more fault.
Listener listen_to_busy(std::uint64_t seed, const std::string& fault, int fanout = 3) {
  return listen(testing::written(fmt::format(R"(
seed = {}
cluster.nodes = 12
network.latency = "1ms..5ms"
gossip = {{ fanout = {}, rounds = 4, interval = "10ms" }}
publish = {{ versions = 8, interval = "7ms", deadline = "1s", fanout = {} }}
[[fault]]
name = "it"
{}
[[fault]]
name = "loss"
kind = "drop"
probability = "20%"
[[fault]]
name = "late"
kind = "delay"
delay = "0ms..9ms"
)",
                                             seed, fanout, fanout, fault)));
}

constexpr const char* kNone = "kind = \"drop\"\nprobability = 0";
constexpr std::uint64_t kBusySeeds = testing::kSanitized ? 3 : 20;
constexpr std::size_t kMany = 200 * kBusySeeds;  // of about 700 messages a run that both send

/// Holds `less` and `more`, which differ in the first fault, or the fanout, to `hold` in each message of
/// both.
template <typename Listen, typename Hold>
void hold_pairs(Listen less, Listen more, Hold hold) {
  std::size_t held = 0;
  for (std::uint64_t seed = 1; seed <= kBusySeeds; ++seed)
    for_each_in_both(less(seed), more(seed), [&](const Event& one, const Event& other) {
      ASSERT_EQ(one.to, other.to);
      hold(one, other);
      ++held;
    });
  EXPECT_GT(held, kMany);
}

template <typename Hold>
void hold_faults(const std::string& weak, const std::string& strong, Hold hold) {
  const auto listening = [](const std::string& fault) {
    return [fault](std::uint64_t seed) { return listen_to_busy(seed, fault); };
  };
  hold_pairs(listening(weak), listening(strong), hold);
}

TEST(Paired, AGreaterFanoutOnlyAddsMessages) {
  const auto listening = [](int fanout) {
    return [fanout](std::uint64_t seed) { return listen_to_busy(seed, kNone, fanout); };
  };
  hold_pairs(listening(3), listening(4), [](const Event& one, const Event& other) {
    ASSERT_EQ(one.fate, other.fate);
    ASSERT_EQ(one.duration, other.duration);
  });
}

TEST(Paired, WhatIsGarbledOrUnansweredAtALowRateIsSoAtAHigherOne) {
  for (const char* lines : {"kind = \"corrupt\"", "kind = \"drop\"\nwhat = \"response\""})
    hold_faults(fmt::format("{}\nprobability = \"10%\"", lines),
                fmt::format("{}\nprobability = \"30%\"", lines), [](const Event& weak, const Event& strong) {
                  ASSERT_EQ(weak.marks & ~strong.marks, 0);
                  ASSERT_EQ(weak.fate, strong.fate);
                  ASSERT_EQ(weak.duration, strong.duration);
                });
}

TEST(Paired, WhatIsHeldBackIsHeldBackNoLessByALongerDelayOrMoreOften) {
  const auto no_less = [](const Event& weak, const Event& strong) {
    ASSERT_EQ(weak.fate, strong.fate);
    ASSERT_LE(weak.duration, strong.duration);
  };
  hold_faults("kind = \"delay\"\ndelay = \"2ms..4ms\"", "kind = \"delay\"\ndelay = \"2ms..8ms\"", no_less);
  hold_faults("kind = \"reorder\"\ndelay = \"2ms..4ms\"\nprobability = \"10%\"",
              "kind = \"reorder\"\ndelay = \"2ms..4ms\"\nprobability = \"30%\"", no_less);
}

TEST(Paired, WhatIsCopiedAtALowRateIsCopiedAtAHigherOne) {
  std::size_t copies = 0;
  for (std::uint64_t seed = 1; seed <= kBusySeeds; ++seed) {
    const Listener weak = listen_to_busy(seed, "kind = \"duplicate\"\nprobability = \"10%\"");
    const Listener strong = listen_to_busy(seed, "kind = \"duplicate\"\nprobability = \"30%\"");
    for (const auto& [identity, copy] : weak.sent) {
      Listener::Identity original = identity;
      std::get<5>(original) = 0;
      if (copy.copy == 0 || !strong.sent.contains(original)) continue;
      const auto there = strong.sent.find(identity);
      ASSERT_NE(there, strong.sent.end());
      ASSERT_EQ(copy.to, there->second.to);
      ASSERT_EQ(copy.fate, there->second.fate);
      ASSERT_EQ(copy.duration, there->second.duration);
      ++copies;
    }
  }
  EXPECT_GT(copies, kMany / 20);
}

TEST(Paired, WhomADeathOfFewStrikesADeathOfMoreStrikesToo) {
  const auto struck = [](std::uint64_t seed, int count) {
    const std::string lines = fmt::format("kind = \"kill\"\nnodes = {{ count = {} }}\nat = \"5ms\"", count);
    std::set<NodeId> nodes;
    for (const Event& change : listen_to_busy(seed, lines).changes) nodes.insert(change.to);
    return nodes;
  };
  for (std::uint64_t seed = 1; seed <= kBusySeeds; ++seed) {
    const std::set<NodeId> few = struck(seed, 2);
    const std::set<NodeId> more = struck(seed, 5);
    EXPECT_EQ(few.size(), 2U);
    EXPECT_EQ(more.size(), 5U);
    EXPECT_TRUE(std::ranges::includes(more, few));
  }
}

}  // namespace
}  // namespace hearsay::sim
