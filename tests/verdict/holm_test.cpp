#include "verdict/holm.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace hearsay::verdict {
namespace {

using ::testing::DoubleEq;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Holm, MultipliesByHowManyAreLeft) {
  EXPECT_THAT(adjust_by_holm({0.01, 0.04, 0.03, 0.005}),
              ElementsAre(DoubleEq(0.03), DoubleEq(0.06), DoubleEq(0.06), DoubleEq(0.02)));
}

TEST(Holm, OneAloneStaysAsItIs) {
  EXPECT_THAT(adjust_by_holm({0.04}), ElementsAre(0.04));
  EXPECT_THAT(adjust_by_holm({}), IsEmpty());
}

TEST(Holm, NeverExceedsOne) { EXPECT_THAT(adjust_by_holm({0.9, 0.8}), ElementsAre(1, 1)); }

RC_GTEST_PROP(Holm, KeepsTheOrderAndLowersNone, (const std::vector<unsigned short>& raw)) {
  std::vector<double> p_values;
  for (const unsigned short value : raw) p_values.push_back(value / 65535.0);
  const std::vector<double> adjusted = adjust_by_holm(p_values);
  for (std::size_t i = 0; i < p_values.size(); ++i) {
    RC_ASSERT(adjusted[i] >= p_values[i]);
    for (std::size_t j = 0; j < i; ++j)
      RC_ASSERT((p_values[i] < p_values[j]) <= (adjusted[i] <= adjusted[j]));
  }
}

}  // namespace
}  // namespace hearsay::verdict
