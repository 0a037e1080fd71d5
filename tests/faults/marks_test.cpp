// The kinds that change a message or make others of it: drop of responses, corrupt, duplicate, reset.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "tests/faults/traffic.hpp"
#include "tests/support/exact_binomial.hpp"
#include "tests/support/uniformity.hpp"

namespace hearsay::faults {
namespace {

using testing::kFalseAlarm;
using testing::two_sided_p_value;

std::string chance_rule(const std::string& name, const std::string& kind, double probability,
                        const std::string& more = "") {
  return "[[fault]]\nname = \"" + name + "\"\nkind = \"" + kind +
         "\"\nprobability = " + std::to_string(probability) + "\n" + more + "\n";
}

std::string drop_of(const std::string& what, double probability) {
  return chance_rule("wifi", "drop", probability, "what = \"" + what + "\"");
}

std::vector<Message> judged_much(Layer& layer) { return judged(layer, traffic(0, {.fanout = 40})); }

TEST(DropResponse, DeliversAndMarks) {
  Layer layer = layer_of(drop_of("response", 1));
  for (const Message& message : judged(layer, traffic())) {
    EXPECT_FALSE(message.dropped());
    EXPECT_EQ(message.marks, kUnanswered);
  }
  EXPECT_EQ(layer.evidence(0)[0].hit, traffic().messages());
}

TEST(DropBoth, DropsTheRequestsThatRequestDropsAndSomeResponsesOfTheRest) {
  Layer requests = layer_of(drop_of("request", 0.4));
  Layer both = layer_of(drop_of("both", 0.4));
  const auto some = judged_much(requests);
  const auto all = judged_much(both);
  std::uint64_t hits = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(all[i].dropped(), some[i].dropped());
    EXPECT_FALSE(all[i].dropped() && all[i].marks != 0);
    hits += all[i].dropped() || all[i].marks == kUnanswered ? 1 : 0;
  }
  EXPECT_EQ(both.evidence(0)[0].hit, hits);
  EXPECT_GT(hits, requests.evidence(0)[0].hit);
  EXPECT_NEAR(both.evidence(0)[0].expected_hits, 0.64 * static_cast<double>(all.size()), 1e-9);
}

TEST(Duplicate, EachCopyIsJudgedOnItsOwnByTheFaultsThatComeAfter) {
  Layer layer =
      layer_of(chance_rule("twins", "duplicate", 1, "copies = 2") + chance_rule("loss", "drop", 0.5));
  std::vector<Message> all = judged_much(layer);
  const std::size_t third = all.size() / 3;
  ASSERT_EQ(third, std::size_t{40} * (kNodes + 1));
  std::set<std::uint32_t> copies;
  std::size_t differ = 0;
  for (std::size_t i = 0; i < third; ++i) {
    for (const std::size_t place : {i, i + third, i + 2 * third}) copies.insert(all[place].copy);
    differ += all[i].fate != all[i + third].fate ? 1 : 0;
  }
  EXPECT_EQ(copies.size(), 3U);
  EXPECT_GT(two_sided_p_value(differ, third, 0.5), kFalseAlarm);
  EXPECT_EQ(layer.evidence(0)[1].eligible, all.size());
}

TEST(Duplicate, FaultsBeforeItHaveJudgedItsCopiesToo) {
  Layer layer = layer_of("[[fault]]\nname = \"slow\"\nkind = \"delay\"\ndelay = \"5ms\"\n" +
                         chance_rule("noise", "corrupt", 1) + chance_rule("loss", "drop", 0.5) +
                         chance_rule("twins", "duplicate", 1));
  std::size_t copies = 0;
  for (const Message& message : judged_much(layer)) {
    EXPECT_EQ(message.delay, 5 * kMillisecond);
    EXPECT_EQ(message.marks, kGarbled);
    copies += message.copy != 0 ? 1 : 0;
    EXPECT_FALSE(message.copy != 0 && message.dropped());
  }
  const auto evidence = layer.evidence(0);
  EXPECT_EQ(copies, evidence[3].hit);
  EXPECT_EQ(copies, evidence[3].eligible);
  EXPECT_EQ(evidence[2].eligible, std::size_t{40} * (kNodes + 1)) << "no copies";
}

/// The fates of copies of one fault, those of others left out.
std::multiset<std::pair<std::uint32_t, Fate>> fates_of_twins(const std::string& others_before,
                                                             const std::string& others_after, Fate loss) {
  Layer layer = layer_of(others_before + chance_rule("twins", "duplicate", 0.5) + others_after +
                         chance_rule("loss", "drop", 0.5));
  Layer alone = layer_of(chance_rule("twins", "duplicate", 1));
  const std::uint32_t number = judged(alone, traffic()).back().copy;
  std::multiset<std::pair<std::uint32_t, Fate>> fates;
  for (const Message& message : judged_much(layer))
    if (message.copy == number || message.copy == 0)
      fates.emplace(message.copy, message.fate == loss ? Fate{1} : kGoesOn);
  return fates;
}

TEST(Duplicate, AnotherOneRenumbersNothing) {
  const auto expected = fates_of_twins("", "", 2);
  EXPECT_EQ(fates_of_twins(chance_rule("others", "duplicate", 0.5), "", 3), expected);
  EXPECT_EQ(fates_of_twins("", chance_rule("others", "duplicate", 0.5), 3), expected);
}

TEST(Reset, WhatIsCutIsTakenAndNoFaultSeesItAnyMore) {
  Layer layer = layer_of(chance_rule("scissors", "reset", 0.5) + chance_rule("noise", "corrupt", 1));
  for (const Message& message : judged_much(layer)) {
    EXPECT_EQ(message.dropped(), message.marks == kCut);
    EXPECT_EQ(message.dropped(), message.marks != kGarbled);
  }
}

TEST(Probability, AGreaterOneHitsAllThatASmallerOneHits) {
  for (const std::string kind : {"corrupt", "reset"}) {
    std::vector<bool> before(std::size_t{40} * (kNodes + 1));
    for (const double probability : {0.05, 0.4, 0.9}) {
      Layer layer = layer_of(chance_rule("it", kind, probability));
      const auto messages = judged_much(layer);
      for (std::size_t i = 0; i < messages.size(); ++i) {
        EXPECT_TRUE(!before[i] || messages[i].marks != 0);
        before[i] = messages[i].marks != 0;
      }
    }
  }
}

// 1,000,000 messages and more a kind, at two rates: one off by 0.003 fails almost surely.
TEST(MarksStatistics, HitAtTheirProbabilities) {
  for (const std::string kind : {"corrupt", "duplicate", "reset"})
    for (const double probability : {0.1, 0.5}) {
      Layer layer = layer_of(chance_rule("it", kind, probability));
      for (Version version = 1; version <= 2500; ++version)
        judged(layer, traffic(0, {.fanout = 20, .version = version}));
      const measure::Evidence evidence = layer.evidence(0)[0];
      ASSERT_GE(evidence.eligible, 1'000'000U);
      EXPECT_GT(two_sided_p_value(evidence.hit, evidence.eligible, probability), kFalseAlarm)
          << kind << " " << probability;
    }
}

}  // namespace
}  // namespace hearsay::faults
