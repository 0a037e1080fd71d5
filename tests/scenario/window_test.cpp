// When faults are open: until, warmup and settle, limit, and the phases of a run.

#include <gtest/gtest.h>

#include <string>

#include "known.hpp"
#include "scenario/phase.hpp"

namespace hearsay::scenario {
namespace {

const std::string kDropX = fault_x("kind = 'drop'\nprobability = 1\n");
const std::string kKillX = fault_x("kind = 'kill'\nnodes = 1\n");

/// Ten versions a second apart are published by 11s; the last deadline is at 40s.
Fault first_fault(const std::string& text) { return good(text).faults.at(0); }

TEST(Until, IsTheInstantAtWhichAFaultCloses) {
  const Fault fault = first_fault(kDropX + "at = '5s'\nuntil = '7s'\nevery = '3s'");
  EXPECT_EQ(fault.window.at, 5 * kSecond);
  EXPECT_EQ(fault.window.length, 2 * kSecond);
  EXPECT_EQ(fault.window.every, 3 * kSecond);
  EXPECT_EQ(first_fault(kDropX + "until = '1us'").window.length, 1);
}

TEST(Until, IsRefusedWhereItCannotBe) {
  EXPECT_EQ(bad(kDropX + "for = '1s'\nuntil = '7s'"),
            "t.toml:7:9: \"until\" in fault \"x\" cannot stand beside \"for\": one or the other");
  EXPECT_EQ(bad(kDropX + "at = '5s'\nuntil = '5s'"),
            "t.toml:7:9: \"until\" in fault \"x\" must be after the fault opens, at 5s, not 5s");
  EXPECT_EQ(
      bad(kDropX + "at = '5s'\nuntil = '8s'\nevery = '2s'"),
      "t.toml:8:9: \"every\" in fault \"x\" must be at least the length of the first window, 3s, not 2s");
  EXPECT_EQ(bad(kKillX + "until = '5s'"),
            "t.toml:6:1: fault \"x\" has no \"until\": kill acts at an instant");
  for (const char* refused : {"5", "'0s'", "'-1s'", "[]", "'1001h'"})
    EXPECT_NE(bad(kDropX + "until = " + refused), "") << refused;
}

TEST(Limit, IsACountOfMessages) {
  EXPECT_EQ(first_fault(kDropX + "limit = 5").limit, 5U);
  EXPECT_EQ(first_fault(kDropX).limit, std::nullopt);
  EXPECT_EQ(bad(kDropX + "limit = 0"),
            "t.toml:6:9: \"limit\" in fault \"x\" must be a whole number of at least 1, such as 5, not 0");
  for (const char* refused : {"-1", "1.5", "'5'", "[5]"})
    EXPECT_NE(bad(kDropX + "limit = " + refused), "") << refused;
  EXPECT_EQ(first_fault(kKillX + "limit = 5").limit, 5U);
}

TEST(Run, HasNoWarmupAndDoesNotSettleUnlessToldTo) {
  const Scenario scenario = good(kDropX);
  EXPECT_EQ(scenario.run.warmup, 0);
  EXPECT_EQ(scenario.run.settle, 0);
  EXPECT_EQ(scenario.faults[0].window.length, kNever);
}

TEST(Run, FaultsThatDoNotSayWhenAreOpenBetweenWarmupAndSettle) {
  const std::string run = "[run]\nwarmup = '2s'\nsettle = '3s'\n";
  EXPECT_EQ(first_fault(run + kDropX).window.at, 2 * kSecond);
  EXPECT_EQ(first_fault(run + kDropX).window.length, 6 * kSecond) << "from 2s to 11s - 3s";
  EXPECT_EQ(first_fault(run + kDropX + "at = '1s'").window.length, 7 * kSecond);
  EXPECT_EQ(first_fault(run + kDropX + "for = '1s'").window.at, 2 * kSecond);
  EXPECT_EQ(first_fault(run + kDropX + "for = '20s'").window.length, 20 * kSecond);
  EXPECT_EQ(first_fault(run + kDropX + "until = '20s'").window.length, 18 * kSecond);
  EXPECT_EQ(first_fault(run + kKillX).window.at, 2 * kSecond);
  EXPECT_EQ(first_fault(run + kKillX).window.length, kNever);
  EXPECT_EQ(first_fault("[run]\nwarmup = '2s'\n" + kDropX).window.length, kNever);
}

TEST(Run, LeavesTimeForFaults) {
  EXPECT_EQ(bad("[run]\nwarmup = '10s'\nsettle = '999ms'"), "");
  EXPECT_EQ(bad("[run]\nwarmup = '10s'\nsettle = '1s'"),
            "t.toml:2:1: \"warmup\" and \"settle\" in [run] must leave time for faults: together less than "
            "11s, when "
            "publishing is over, not 11s");
  EXPECT_EQ(bad("[run]\nsettle = '3s'\n" + kDropX + "at = '8s'"),
            "t.toml:8:6: \"at\" in fault \"x\" must be before the settle phase, which begins at 8s, unless "
            "\"for\" or "
            "\"until\" is written, not 8s");
  EXPECT_EQ(bad("[run]\nsettle = '3s'\n" + kDropX + "at = '8s'\nfor = '1s'"), "");
}

TEST(Run, FaultsAreNotCalledLikeItsPhases) {
  const auto called = [](const std::string& name) {
    return "[[fault]]\nname = '" + name + "'\nkind = 'drop'\nprobability = 1\n";
  };
  EXPECT_EQ(bad(called("warmup") + called("settle")), "");
  EXPECT_EQ(bad("[run]\nwarmup = '1s'\n" + called("warmup") + called("settle")),
            "t.toml:5:8: \"name\" in fault \"warmup\" is the name of a phase that [run] has");
  EXPECT_EQ(bad("[run]\nsettle = '1s'\n" + called("warmup") + called("settle")),
            "t.toml:9:8: \"name\" in fault \"settle\" is the name of a phase that [run] has");
}

TEST(Run, TakesDurationsAndNothingElse) {
  EXPECT_EQ(bad("[run]\nwarmup = 5"),
            "t.toml:3:10: \"warmup\" in [run] must be a duration, such as \"5s\" (unit us, ms, s, m or h; at "
            "most 1000h), "
            "not 5; a bare number has no unit");
  EXPECT_EQ(bad("[run]\nwarm = '5s'"), "t.toml:3:1: unknown key \"warm\" in [run]; did you mean \"warmup\"?");
  EXPECT_EQ(bad("run = 5"), "t.toml:2:7: \"run\" must be a table, written [run], not 5");
}

TEST(Phases, AreThoseOfTheRunAndTheFaults) {
  const std::string faults = kDropX + "at = '4s'\nfor = '1s'\nevery = '2s'\n" +
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
  EXPECT_EQ(phases(good(kDropX)).size(), 1U);
}

}  // namespace
}  // namespace hearsay::scenario
