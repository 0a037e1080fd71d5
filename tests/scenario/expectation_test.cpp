// What an [[expect]] may say besides its condition.

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "known.hpp"

namespace hearsay::scenario {
namespace {

const std::string kPhases =
    "[run]\nwarmup = '1s'\n[[fault]]\nname = 'bad wifi'\nkind = 'drop'\nprobability = 1\n[[expect]]\n";

Expectation read(const std::string& lines) { return good(kPhases + lines).expectations.at(0); }

TEST(Expectation, HoldsForTheWholeRunAndFailsUnlessToldOtherwise) {
  const Expectation expectation = read("that = 'lost == 0'");
  EXPECT_EQ(expectation.during, "");
  EXPECT_EQ(expectation.severity, Severity::fail);
}

TEST(Expectation, MayBeOfAPhase) {
  const Expectation expectation = read("that = 'lost == 0'\nduring = 'bad wifi'");
  EXPECT_EQ(expectation.during, "bad wifi");
  EXPECT_EQ(to_string(expectation.during_at.value()), "t.toml:10:1");
  EXPECT_EQ(read("that = 'lost == 0'\nduring = 'warmup'").during, "warmup");
}

TEST(Expectation, MayBeOfTheRecovery) {
  const Expectation expectation = read("after_heal = '10s'");
  EXPECT_EQ(expectation.that, "recovery <= 10s");
  EXPECT_EQ(to_string(expectation.where), "t.toml:9:14");
}

TEST(Expectation, MayBeIndifferent) {
  const Expectation expectation = read("that = 'commit_rate >= 99%'\nindifference = '95%'");
  EXPECT_EQ(expectation.indifference, 0.95);
  EXPECT_EQ(to_string(expectation.indifference_at.value()), "t.toml:10:1");
  EXPECT_FALSE(read("that = 'lost == 0'").indifference);
}

TEST(Expectation, MayOnlyWarn) {
  EXPECT_EQ(read("that = 'lost == 0'\nseverity = 'warn'").severity, Severity::warn);
  EXPECT_EQ(read("that = 'lost == 0'\nseverity = 'fail'").severity, Severity::fail);
}

TEST(BadExpectation, SaysWhatIsWrongWithIt) {
  const std::string during =
      "must be the name of a fault, or \"warmup\" or \"settle\" where [run] has them, not ";
  for (const auto& [lines, why] : std::vector<std::pair<std::string, std::string>>{
           {"that = 'x'\nduring = 'bad wify'",
            "10:10: \"during\" in [[expect]] " + during + "\"bad wify\"; did you mean \"bad wifi\"?"},
           {"that = 'x'\nduring = 'settle'", "10:10: \"during\" in [[expect]] " + during +
                                                 "\"settle\"; known are \"warmup\" and \"bad wifi\""},
           {"that = 'x'\nduring = 5", "10:10: \"during\" in [[expect]] " + during + "5"},
           {"that = 'x'\nindifference = '95'",
            "10:16: \"indifference\" in [[expect]] must be a share from 0 to 1, such as \"30%\" or 0.3, not "
            "\"95\""},
           {"indifference = '95%'\nafter_heal = '1s'",
            "10:14: \"after_heal\" in [[expect]] cannot stand beside \"indifference\": it is an expectation "
            "of its "
            "own"},
           {"that = 'x'\nseverity = 'warm'",
            "10:12: \"severity\" in [[expect]] must be \"fail\" or \"warn\", not \"warm\"; did you mean "
            "\"warn\"?"},
           {"that = 'x'\nafter_heal = '1s'",
            "10:14: \"after_heal\" in [[expect]] cannot stand beside \"that\": it is an expectation of its "
            "own"},
           {"during = 'bad wifi'\nafter_heal = '1s'",
            "10:14: \"after_heal\" in [[expect]] cannot stand beside \"during\": it is an expectation of its "
            "own"},
           {"after_heal = 5",
            "9:14: \"after_heal\" in [[expect]] must be a duration, such as \"10s\" (unit us, ms, s, m or h; "
            "at most 1000h), not 5; a bare number has no unit"}})
    EXPECT_EQ(errors("cluster.nodes = 10\n" + kPhases + lines), "t.toml:" + why) << lines;
}

}  // namespace
}  // namespace hearsay::scenario
