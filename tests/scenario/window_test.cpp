// When faults are open: until, warmup and settle, limit, and the phases of a run.

#include <gtest/gtest.h>

#include <string>

#include "known.hpp"
#include "scenario/phase.hpp"

namespace hearsay::scenario {
namespace {

const std::string kDrop = "[[fault]]\nname = 'x'\nkind = 'drop'\nprobability = 1\n";
const std::string kKill = "[[fault]]\nname = 'x'\nkind = 'kill'\nnodes = 1\n";

/// Ten versions a second apart are published by 11s; the last deadline is at 40s.
Fault read_fault(const std::string& text) { return good(text).faults.at(0); }

std::string refusal(const std::string& text) { return errors("cluster.nodes = 10\n" + text); }

TEST(Until, IsTheInstantAtWhichAFaultCloses) {
  const Fault fault = read_fault(kDrop + "at = '5s'\nuntil = '7s'\nevery = '3s'");
  EXPECT_EQ(fault.window.at, 5 * kSecond);
  EXPECT_EQ(fault.window.length, 2 * kSecond);
  EXPECT_EQ(fault.window.every, 3 * kSecond);
  EXPECT_EQ(read_fault(kDrop + "until = '1us'").window.length, 1);
}

TEST(Until, IsRefusedWhereItCannotBe) {
  EXPECT_EQ(refusal(kDrop + "for = '1s'\nuntil = '7s'"),
            "t.toml:7:9: \"until\" in fault \"x\" cannot stand beside \"for\": one or the other");
  EXPECT_EQ(refusal(kDrop + "at = '5s'\nuntil = '5s'"),
            "t.toml:7:9: \"until\" in fault \"x\" must be after the fault opens, at 5s, not 5s");
  EXPECT_EQ(
      refusal(kDrop + "at = '5s'\nuntil = '8s'\nevery = '2s'"),
      "t.toml:8:9: \"every\" in fault \"x\" must be at least the length of the first window, 3s, not 2s");
  EXPECT_EQ(refusal(kKill + "until = '5s'"),
            "t.toml:6:1: fault \"x\" has no \"until\": kill acts at an instant");
  for (const char* bad : {"5", "'0s'", "'-1s'", "[]", "'1001h'"})
    EXPECT_NE(refusal(kDrop + "until = " + bad), "") << bad;
}

TEST(Limit, IsACountOfMessages) {
  EXPECT_EQ(read_fault(kDrop + "limit = 5").limit, 5U);
  EXPECT_EQ(read_fault(kDrop).limit, std::nullopt);
  EXPECT_EQ(refusal(kDrop + "limit = 0"),
            "t.toml:6:9: \"limit\" in fault \"x\" must be a whole number of at least 1, such as 5, not 0");
  for (const char* bad : {"-1", "1.5", "'5'", "[5]"}) EXPECT_NE(refusal(kDrop + "limit = " + bad), "") << bad;
  EXPECT_EQ(read_fault(kKill + "limit = 5").limit, 5U);
}

TEST(Run, HasNoWarmupAndDoesNotSettleUnlessToldTo) {
  const Scenario scenario = good(kDrop);
  EXPECT_EQ(scenario.run.warmup, 0);
  EXPECT_EQ(scenario.run.settle, 0);
  EXPECT_EQ(scenario.faults[0].window.length, kNever);
}

TEST(Run, FaultsThatDoNotSayWhenAreOpenBetweenWarmupAndSettle) {
  const std::string run = "[run]\nwarmup = '2s'\nsettle = '3s'\n";
  EXPECT_EQ(read_fault(run + kDrop).window.at, 2 * kSecond);
  EXPECT_EQ(read_fault(run + kDrop).window.length, 6 * kSecond) << "from 2s to 11s - 3s";
  EXPECT_EQ(read_fault(run + kDrop + "at = '1s'").window.length, 7 * kSecond);
  EXPECT_EQ(read_fault(run + kDrop + "for = '1s'").window.at, 2 * kSecond);
  EXPECT_EQ(read_fault(run + kDrop + "for = '20s'").window.length, 20 * kSecond);
  EXPECT_EQ(read_fault(run + kDrop + "until = '20s'").window.length, 18 * kSecond);
  EXPECT_EQ(read_fault(run + kKill).window.at, 2 * kSecond);
  EXPECT_EQ(read_fault(run + kKill).window.length, kNever);
  EXPECT_EQ(read_fault("[run]\nwarmup = '2s'\n" + kDrop).window.length, kNever);
}

TEST(Run, LeavesTimeForFaults) {
  EXPECT_EQ(refusal("[run]\nwarmup = '10s'\nsettle = '999ms'"), "");
  EXPECT_EQ(refusal("[run]\nwarmup = '10s'\nsettle = '1s'"),
            "t.toml:2:1: \"warmup\" and \"settle\" in [run] must leave time for faults: together less than "
            "11s, when "
            "publishing is over, not 11s");
  EXPECT_EQ(refusal("[run]\nsettle = '3s'\n" + kDrop + "at = '8s'"),
            "t.toml:8:6: \"at\" in fault \"x\" must be before the settle phase, which begins at 8s, unless "
            "\"for\" or "
            "\"until\" is written, not 8s");
  EXPECT_EQ(refusal("[run]\nsettle = '3s'\n" + kDrop + "at = '8s'\nfor = '1s'"), "");
}

TEST(Run, FaultsAreNotCalledLikeItsPhases) {
  const auto called = [](const std::string& name) {
    return "[[fault]]\nname = '" + name + "'\nkind = 'drop'\nprobability = 1\n";
  };
  EXPECT_EQ(refusal(called("warmup") + called("settle")), "");
  EXPECT_EQ(refusal("[run]\nwarmup = '1s'\n" + called("warmup") + called("settle")),
            "t.toml:5:8: \"name\" in fault \"warmup\" is the name of a phase that [run] has");
  EXPECT_EQ(refusal("[run]\nsettle = '1s'\n" + called("warmup") + called("settle")),
            "t.toml:9:8: \"name\" in fault \"settle\" is the name of a phase that [run] has");
}

TEST(Run, TakesDurationsAndNothingElse) {
  EXPECT_EQ(refusal("[run]\nwarmup = 5"),
            "t.toml:3:10: \"warmup\" in [run] must be a duration, such as \"5s\" (unit us, ms, s, m or h; at "
            "most 1000h), "
            "not 5; a bare number has no unit");
  EXPECT_EQ(refusal("[run]\nwarm = '5s'"),
            "t.toml:3:1: unknown key \"warm\" in [run]; did you mean \"warmup\"?");
  EXPECT_EQ(refusal("run = 5"), "t.toml:2:7: \"run\" must be a table, written [run], not 5");
}

TEST(Phases, AreThoseOfTheRunAndTheFaults) {
  const std::string faults = kDrop + "at = '4s'\nfor = '1s'\nevery = '2s'\n" +
                             "[[fault]]\nname = 'crash'\nkind = 'kill'\nnodes = 1\nrestart_after = '500ms'\n";
  const auto all = phases(good("[run]\nwarmup = '2s'\nsettle = '3s'\n" + faults));
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all[0].name, "warmup");
  EXPECT_TRUE(all[0].window.open(0));
  EXPECT_TRUE(all[0].window.open(2 * kSecond - 1));
  EXPECT_FALSE(all[0].window.open(2 * kSecond));
  EXPECT_EQ(all[1].name, "settle");
  EXPECT_FALSE(all[1].window.open(8 * kSecond - 1));
  EXPECT_TRUE(all[1].window.open(8 * kSecond));
  EXPECT_TRUE(all[1].window.open(kLongest));
  EXPECT_EQ(all[2].name, "x");
  EXPECT_FALSE(all[2].window.open(5 * kSecond));
  EXPECT_TRUE(all[2].window.open(6 * kSecond));
  EXPECT_EQ(all[3].name, "crash");
  EXPECT_TRUE(all[3].window.open(2 * kSecond));
  EXPECT_FALSE(all[3].window.open(2'500 * kMillisecond));
  EXPECT_EQ(phases(good(kDrop)).size(), 1U);
}

}  // namespace
}  // namespace hearsay::scenario
