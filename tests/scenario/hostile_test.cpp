// Texts made to crash or stall a reader: deep, long, many, malformed.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "known.hpp"
#include "scenario/scan.hpp"
#include "tests/support/sanitized.hpp"

namespace hearsay::scenario {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string repeated(const std::string& piece, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += piece;
  return text;
}

constexpr int kMany = testing::kSanitized ? 4'000 : 40'000;

TEST(Hostile, DeepKeysAreRefusedBeforeTheyOverflowTheStack) {
  const std::string dotted = "a" + repeated(".a", kMany);
  EXPECT_EQ(errors(dotted + " = 1"), "t.toml:1:18: more than 8 dots in a row of keys");
  EXPECT_EQ(errors("[" + dotted + "]"), "t.toml:1:19: more than 8 dots in a row of keys");
  EXPECT_EQ(errors("x = { " + dotted + " = 1 }"), "t.toml:1:24: more than 8 dots in a row of keys");
  EXPECT_EQ(errors("\"=\"" + repeated(".\"=\"", kMany) + " = 1"),
            "t.toml:1:36: more than 8 dots in a row of keys");
}

TEST(Hostile, DeepBracketsAreRefused) {
  EXPECT_EQ(errors("a = " + repeated("[", kMany)), "t.toml:1:21: brackets nest deeper than 16");
  EXPECT_THAT(errors("a = " + repeated("{a=", kMany)), HasSubstr("brackets nest deeper than 16"));
  EXPECT_THAT(errors("a = " + repeated("[\n", kMany)),
              StartsWith("t.toml:17:1: brackets nest deeper than 16"));
}

TEST(Hostile, QuotesDoNotHideDepth) {
  const std::string dotted = "a" + repeated(".a", kMany);
  for (const std::string quotes :
       {"''", "\"\"", "'\"'", "'#'", "\"'\"", "\"\\\"\"", "'\\'", "\"\"\"\"\"\"\"", "\"\"\"a\"\"\"\"",
        "\"\"\"a\"\"\"\"\"", "'''\n''a''''", "\"\"\"\\\"\"\"\"\""}) {
    EXPECT_THAT(errors("x = { y = " + quotes + ", " + dotted + " = 1 }"),
                HasSubstr("more than 8 dots in a row of keys"))
        << quotes;
  }
}

TEST(Hostile, DepthInTextsAndCommentsIsNoDepth) {
  const std::string many = repeated("a.[{", 1000);
  EXPECT_NO_THROW(
      scan("# " + many + "\nx = '" + many + "'\ny = \"\\\"" + many + "\"\nz = '''\n" + many + "'''", ""));
}

TEST(Hostile, ManyOfEverythingIsReadInNoTime) {
  std::string keys;
  for (int i = 0; i < kMany; ++i) keys += fmt::format("k{}=1\n", i);
  EXPECT_THAT(errors(keys), HasSubstr(fmt::format("unknown key \"k{}\"", kMany - 1)));
  EXPECT_THAT(errors("[[fault]]\nkind = 'x'\n" + keys), HasSubstr("missing key \"name\" in fault 1"));
  EXPECT_THAT(errors(repeated("[[fault]]\n", kMany)),
              HasSubstr(fmt::format("{} faults; a scenario has at most 250", kMany)));
  EXPECT_THAT(errors(repeated("[[expect]]\n", kMany)),
              HasSubstr(fmt::format("t.toml:{}:1: missing key \"that\"", kMany)));
  EXPECT_THAT(errors("x = [" + repeated("'''a''',", kMany) + "]"), HasSubstr("unknown key \"x\""));
  EXPECT_THAT(errors(std::string(kMany, 'k') + " = 1"),
              HasSubstr("unknown key \"" + std::string(64, 'k') + "…\""));
  EXPECT_EQ(errors("cluster.nodes = 3\n[[fault]]\nname = 'x'\nkind = 'kill'\nnodes = [" +
                   repeated("1, ", kMany) + "]"),
            "");
}

TEST(Hostile, SyntaxErrorsEscapeWhatTheyQuote) {
  EXPECT_EQ(errors("a\x1b[2J = 1"),
            "t.toml:1:2: not valid TOML (key-value pair): expected '=', saw '\\u001B'");
  EXPECT_EQ(errors("a = \"\x07\""),
            "t.toml:1:6: not valid TOML (string): unescaped control characters other than TAB (U+0009) are "
            "explicitly "
            "prohibited");
}

TEST(Hostile, UnfinishedTextsAreErrors) {
  for (const std::string text : {"a",  "a =",  "a = '",       "a = \"\\",  "a = \"\"\"", "a = '''x''", "[",
                                 "[a", "[[a]", "a = [",       "a = { b",   "\"",         "a.",         ".",
                                 "=",  "]",    "a = \"\\u12", "a = 1979-", "\xef\xbb",   "a = 0x"}) {
    EXPECT_THAT(errors(text), StartsWith("t.toml:1:")) << text;
  }
}

RC_GTEST_PROP(HostileProperty, AnyTextGivesAnErrorAtItsPlace, (const std::string& junk)) {
  RC_ASSERT(errors(junk).rfind("t.toml", 0) == 0);
}

}  // namespace
}  // namespace hearsay::scenario
