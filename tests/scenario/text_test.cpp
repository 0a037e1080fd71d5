#include "scenario/text.hpp"

#include <gtest/gtest.h>

namespace hearsay::scenario {
namespace {

TEST(Quote, LeavesPlainTextAlone) {
  EXPECT_EQ(quote("bad wifi"), "\"bad wifi\"");
  EXPECT_EQ(quote("größer 日本"), "\"größer 日本\"");
  EXPECT_EQ(quote(""), "\"\"");
}

TEST(Quote, EscapesWhatATerminalWouldObey) {
  EXPECT_EQ(quote("a\x1b[2Jb"), "\"a\\u001b[2Jb\"");
  EXPECT_EQ(quote("a\nb\tc\x7f"), "\"a\\nb\\u0009c\\u007f\"");
  EXPECT_EQ(quote(std::string(1, '\0')), "\"\\u0000\"");
  EXPECT_EQ(quote("\xc2\x9b"
                  "31m"),
            "\"\\u009b31m\"");
}

TEST(Quote, EscapesQuotesAndBackslashes) { EXPECT_EQ(quote("a\"b\\"), "\"a\\\"b\\\\\""); }

TEST(Quote, CutsAfterSixtyFourCharactersNotBytes) {
  EXPECT_EQ(quote(std::string(64, 'x')), '"' + std::string(64, 'x') + '"');
  EXPECT_EQ(quote(std::string(65, 'x')), '"' + std::string(64, 'x') + "…\"");
  std::string umlauts;
  for (int i = 0; i < 65; ++i) umlauts += "ä";
  EXPECT_EQ(quote(umlauts), '"' + umlauts.substr(0, 128) + "…\"");
}

TEST(Listed, JoinsWithAConjunction) {
  EXPECT_EQ(listed({}, "or"), "");
  EXPECT_EQ(listed({"a"}, "or"), "\"a\"");
  EXPECT_EQ(listed({"a", "b"}, "or"), "\"a\" or \"b\"");
  EXPECT_EQ(listed({"a", "b", "c"}, "and"), "\"a\", \"b\" and \"c\"");
}

TEST(Nearest, FindsOneOrTwoEdits) {
  EXPECT_EQ(nearest("probabilty", {"name", "probability"}), "probability");
  EXPECT_EQ(nearest("porbability", {"probability"}), "probability");
  EXPECT_EQ(nearest("rnds", {"fanout", "rounds"}), "rounds");
  EXPECT_EQ(nearest("intervals", {"interval"}), "interval");
}

TEST(Nearest, CountsASwapOfNeighboursAsOneEdit) { EXPECT_EQ(nearest("dorp", {"drip", "drop"}), "drop"); }

TEST(Nearest, AllowsAThirdOfLongWords) {
  EXPECT_EQ(nearest("restartedafter", {"restart_after"}), "restart_after");
  EXPECT_EQ(nearest("probblt", {"probability"}), "");
}

TEST(Nearest, PrefersTheNearestThenTheFirst) {
  EXPECT_EQ(nearest("fort", {"from", "for"}), "for");
  EXPECT_EQ(nearest("bat", {"cat", "hat"}), "cat");
}

TEST(Nearest, SuggestsNothingUnrelated) {
  EXPECT_EQ(nearest("xy", {"at", "to"}), "");
  EXPECT_EQ(nearest("", {"at"}), "");
  EXPECT_EQ(nearest("banana", {"probability", "kind"}), "");
  EXPECT_EQ(nearest(std::string(1'000'000, 'a'), {"at"}), "");
}

TEST(Suggestion, GuessesOrLists) {
  EXPECT_EQ(suggestion("drp", {"delay", "drop"}), "; did you mean \"drop\"?");
  EXPECT_EQ(suggestion("banana", {"delay", "drop"}), "; known are \"delay\" and \"drop\"");
  EXPECT_EQ(suggestion("banana", {}), "");
}

}  // namespace
}  // namespace hearsay::scenario
