// What a run holds in memory.

#include <gtest/gtest.h>
#include <malloc.h>

#include <cstdint>
#include <vector>

#include "sim/simulation.hpp"
#include "tests/support/written.hpp"

namespace hearsay::sim {
namespace {

/// In use, whether from the heap or mapped.
std::size_t bytes_in_use() {
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

/// Looks at what is in use at each publish.
class Scales final : public core::Observer {
 public:
  std::vector<std::size_t> bytes;

 private:
  void published(Version) override { bytes.push_back(bytes_in_use()); }
};

/// A version on its way takes a bit a node, 2.5 KB here, and 8 bytes for each learning with rounds to come.
/// Of a settled one its record stays, in all about 1 KB. What the greatest of them needed at once is kept for
/// those to come, and grows a little with their number.
TEST(SimMemory, OfSettledVersionsIsReleased) {
  if (bytes_in_use() == 0) GTEST_SKIP() << "this heap does not say how much is in use";
  constexpr std::size_t kPublished = 500;
  constexpr std::size_t kWarm = 100;
  constexpr std::size_t kRecord = 1'500;
  const scenario::Scenario scenario = testing::written(
      "cluster.nodes = 20000\n"
      "gossip = { fanout = 3, rounds = 1, interval = \"10ms\" }\n"
      "publish = { versions = 500, interval = \"300ms\" }\n");
  Scales scales;
  const measure::Outcome outcome = run(scenario, scales);
  ASSERT_EQ(scales.bytes.size(), kPublished);
  EXPECT_GT(measure::summarize(outcome).coverage, 0.9);
  EXPECT_LT(scales.bytes.back(), scales.bytes[kWarm] + (kPublished - kWarm) * kRecord);
}

}  // namespace
}  // namespace hearsay::sim
