#include "baseline/baseline.hpp"

#include <gtest/gtest.h>

#include "base/errors.hpp"
#include "tests/baseline/blocks.hpp"

namespace hearsay::baseline {
namespace {

// The very text: files of this form are committed, and must go on to be read.
constexpr const char* kText = R"text({
 "scenarios": {
  "lossy": {
   "commit": "all",
   "first": {
    "committed": "2 1 3",
    "learned": "8 7 8",
    "sent": "2*30 28",
    "totals": {
     "committed": 5,
     "learned": 23,
     "sent": 88,
     "within": {
      "5s": 2
     }
    },
    "within": {
     "5s": "0 1 1 1 1 2"
    }
   },
   "fresh": {
    "committed": "2 1 3",
    "learned": "8 7 8",
    "sent": "2*30 28",
    "totals": {
     "committed": 5,
     "learned": 23,
     "sent": 88,
     "within": {
      "5s": 2
     }
    },
    "within": {
     "5s": "0 1 1 1 1 2"
    }
   },
   "keys": {
    "gossip.fanout": "3"
   },
   "nodes": 4,
   "program": "hearsay 1.2.3 (abc)",
   "runs": 3,
   "seed": 7,
   "unit": "version",
   "versions": 2,
   "world": "sim"
  }
 },
 "schema": "hearsay/baseline/1"
}
)text";

TEST(Baseline, IsSortedJsonWithALineOfEachKind) { EXPECT_EQ(to_text(small_baseline()), kText); }

TEST(Baseline, IsReadBack) {
  const Baseline read = read_text(kText, "it.json");
  ASSERT_EQ(read.size(), 1U);
  const Block& block = read.at("lossy");
  EXPECT_EQ(block.program, "hearsay 1.2.3 (abc)");
  EXPECT_EQ(block.world, "sim");
  EXPECT_EQ(block.nodes, 4U);
  EXPECT_EQ(block.keys.at("gossip.fanout"), "3");
  EXPECT_EQ(block.first.seed, 7U);
  EXPECT_EQ(block.fresh.seed, kFirstFreshSeed);
  const verdict::Sample expected = small_sample(7);
  EXPECT_EQ(block.first.committed, expected.committed);
  EXPECT_EQ(block.first.within, expected.within);
  EXPECT_EQ(block.fresh.sent, expected.sent);
  EXPECT_EQ(block.fresh.learnings, expected.learnings);
  EXPECT_EQ(to_text(read), kText);
}

TEST(Baseline, ScenariosHaveAnyNamesThatAreUtf8) {
  const std::string name = "dreißig \"Prozent\"\n";
  EXPECT_TRUE(read_text(to_text(small_baseline(name)), "it.json").contains(name));
  EXPECT_THROW(to_text(small_baseline("\xff")), InputError);
}

TEST(Baseline, NoScenarioIsABaselineToo) { EXPECT_TRUE(read_text(to_text({}), "it.json").empty()); }

}  // namespace
}  // namespace hearsay::baseline
