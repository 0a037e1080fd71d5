// What is no baseline: what is wrong, where, and what is allowed.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "base/errors.hpp"
#include "baseline/baseline.hpp"
#include "tests/baseline/blocks.hpp"

namespace hearsay::baseline {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string refusal_of(const std::string& text) {
  try {
    read_text(text, "it.json");
  } catch (const InputError& error) {
    return error.what();
  }
  return "taken";
}

std::string changed(const std::string& from, const std::string& to) {
  std::string text = to_text(small_baseline());
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

/// So many more than a sample has.
std::string bounds(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "\"" + std::to_string(i + 10) + "s\": \"\", ";
  return text;
}

TEST(RefusedBaseline, IsPlacedByLineAndColumnWhereItIsNoJson) {
  EXPECT_THAT(refusal_of(""), StartsWith("it.json:1:1: is no JSON: "));
  EXPECT_THAT(refusal_of("{\n <<<<<<< HEAD\n"), StartsWith("it.json:2:2: is no JSON: "));
  EXPECT_THAT(refusal_of("{\"ü\": nil}"), StartsWith("it.json:1:8: is no JSON: "));
  EXPECT_THAT(refusal_of(std::string("\0\0\0", 3)), StartsWith("it.json:1:1: is no JSON: "));
}

// A whole baseline, cut off anywhere.
TEST(RefusedBaseline, TruncatedAnywhere) {
  const std::string text = to_text(small_baseline());
  for (std::size_t length = 0; length + 2 < text.size(); ++length)
    EXPECT_THAT(refusal_of(text.substr(0, length)), HasSubstr(": is no JSON: ")) << length;
}

// However long its lines are, no more than some characters of one are shown.
TEST(RefusedBaseline, IsQuotedShortly) {
  const std::string digits(100'000, '7');
  for (const std::string& text : {"{\"committed\": \"" + digits, "{\"" + digits, "[1e" + digits,
                                  "[" + digits + ".x", "{\"a\": \"\\u" + digits}) {
    const std::string refusal = refusal_of(text);
    EXPECT_THAT(refusal, StartsWith("it.json")) << refusal.size();
    EXPECT_LT(refusal.size(), 220U) << refusal.substr(0, 300);
  }
  EXPECT_THAT(refusal_of("{\"committed\": \"" + digits),
              HasSubstr("missing closing quote; last read: '\"77"));
}

TEST(RefusedBaseline, OfAForeignSchema) {
  EXPECT_THAT(refusal_of("[]"), HasSubstr("it.json: must be an object, not an array"));
  EXPECT_THAT(refusal_of("{}"), HasSubstr("it has no \"schema\", which must be \"hearsay/baseline/1\""));
  EXPECT_THAT(refusal_of(changed("baseline/1", "baseline/2")),
              HasSubstr("it.json: schema: must be \"hearsay/baseline/1\", not \"hearsay/baseline/2\""));
  EXPECT_THAT(refusal_of("{\"schema\": \"hearsay/result/1\"}"), HasSubstr("not \"hearsay/result/1\""));
}

// Lines of what is alike are short, however much they are of.
TEST(RefusedBaseline, TakesNoMoreMemoryThanOneFileMay) {
  std::string text = changed("\"5s\": \"0 ", bounds(90) + "\"5s\": \"0 ");
  const std::string versions = "\"versions\": 2";
  text.replace(text.find(versions), versions.size(), "\"versions\": 30000000");
  EXPECT_THAT(refusal_of(text),
              HasSubstr("first.within: has 91 lines of 90000000 versions; with what comes before it"));
}

TEST(RefusedBaseline, SaysWhatIsWrongAndWhatIsAllowed) {
  const std::vector<std::pair<std::string, std::string>> bad = {
      {changed("\"runs\": 3", "\"runs\": \"3\""),
       "it.json: scenarios.lossy.runs: must be a whole number from 1 to 1000000, not \"3\""},
      {changed("\"runs\": 3", "\"runs\": 0"), "scenarios.lossy.runs: must be a whole number from 1"},
      {changed("\"runs\": 3", "\"runs\": -3"), "from 1 to 1000000, not -3"},
      {changed("\"runs\": 3", "\"runs\": 3.5"), "from 1 to 1000000, not 3.5"},
      {changed("\"runs\": 3", "\"runs\": 1e400"),
       "it.json: is no baseline: it holds a number that is too large"},
      {changed("\"runs\": 3", "\"runs\": 4"),
       "scenarios.lossy.first.committed: must be the lengths of rows that add up to 8"},
      {changed("\"versions\": 2", "\"versions\": 100000000"), "at most 100000000 are possible"},
      {changed("\"nodes\": 4,", ""), "scenarios.lossy.nodes: is missing"},
      {changed("\"nodes\": 4", "\"nodes\": 0"), "scenarios.lossy.nodes: must be a whole number from 1"},
      {changed("\"seed\": 7", "\"seed\": 4294967297"),
       "scenarios.lossy.seed: must be a whole number from 0 to 4294967296"},
      {changed("\"nodes\": 4", "\"node\": 4"), "scenarios.lossy.node: is unknown; did you mean \"nodes\"?"},
      {changed("\"commit\": \"all\"", "\"commit\": \"most\""), "must be \"all\" or \"alive\", not \"most\""},
      {changed("\"unit\": \"version\"", "\"unit\": \"day\""), "must be \"version\" or \"run\", not \"day\""},
      {changed("2*30 28", "2*30"), "scenarios.lossy.first.sent: must be 3 numbers, one a run"},
      {changed("2*30 28", "2*30 29"), "scenarios.lossy.first.totals.sent: is 88, but the lines add up to 89"},
      {changed("\"2 1 3\"", "\"6\""), "totals.committed: is 5, but the lines add up to 6"},
      {changed("0 1 1 1 1 2", "6"), "totals.within.\"5s\": is 2, but the lines add up to 6"},
      {changed("    \"within\": {\n     \"5s\"", "    \"within\": {\n     \"five\""),
       "within.five: is no duration; write a number and a unit"},
      {changed("\"5s\": \"0 ", "\"5000ms\": \"0 1 1 1 1 2\", \"5s\": \"0 "),
       "first.within.\"5s\": is there twice, in another unit"},
      {changed("\"5s\": \"0 ", bounds(100) + "\"5s\": \"0 "),
       "first.within: has 101 bounds; at most 100 are"},
      {changed("\"gossip.fanout\": \"3\"", "\"gossip.fanout\": 3"),
       "scenarios.lossy.keys.\"gossip.fanout\": must be a text, not 3"},
      {changed("\"keys\": {", "\"keys\": {\"gossip.fanout\": \"4\","),
       "the key \"gossip.fanout\" is there twice"},
      {"{\"schema\": \"hearsay/baseline/1\", \"scenarios\": []}",
       "it.json: scenarios: must be an object, not an array"},
      {std::string(100'000, '['), "nested too deep"},
  };
  for (const auto& [text, why] : bad) EXPECT_THAT(refusal_of(text), HasSubstr(why));
}

}  // namespace
}  // namespace hearsay::baseline
