#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <tuple>

#include "base/arrival.hpp"

namespace hearsay {
namespace {

TEST(Arrival, IsPackedInEightBytes) { EXPECT_EQ(sizeof(Arrival), 8U); }

TEST(Arrival, HoldsTheLargestOfEach) {
  const Arrival arrival(Arrival::kMostOffset, kMaxVersions - 1, kMaxNodes - 1);
  EXPECT_EQ(arrival.offset(), Arrival::kMostOffset);
  EXPECT_EQ(arrival.slot(), kMaxVersions - 1);
  EXPECT_EQ(arrival.to(), kMaxNodes - 1);
}

using Parts = std::tuple<std::uint32_t, Slot, NodeId>;

Parts any_parts() {
  return {*rc::gen::inRange(0U, Arrival::kMostOffset + 1), *rc::gen::inRange(0U, kMaxVersions),
          *rc::gen::inRange(0U, kMaxNodes)};
}

Arrival packed(const Parts& parts) { return std::make_from_tuple<Arrival>(parts); }

RC_GTEST_PROP(Arrival, GivesBackWhatItWasMadeOf, ()) {
  const Parts parts = any_parts();
  const Arrival arrival = packed(parts);
  RC_ASSERT(Parts(arrival.offset(), arrival.slot(), arrival.to()) == parts);
}

RC_GTEST_PROP(Arrival, SortsByTimeThenVersionThenNode, ()) {
  const Parts a = any_parts();
  const Parts b = any_parts();
  RC_ASSERT((packed(a) < packed(b)) == (a < b));
}

}  // namespace
}  // namespace hearsay
