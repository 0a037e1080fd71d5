#include "baseline/run_lengths.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace hearsay::baseline {
namespace {

using Flags = std::vector<bool>;
using Values = std::vector<std::uint64_t>;

TEST(RunLengths, OfFlagsAlternateAndBeginWithTrue) {
  EXPECT_EQ(coded(Flags{true, true, false, true}), "2 1 1");
  EXPECT_EQ(coded(Flags{false, false}), "0 2");
  EXPECT_EQ(coded(Flags(1000, true)), "1000");
  EXPECT_EQ(coded(Flags{}), "");
}

TEST(RunLengths, OfValuesSayHowOftenEachComes) {
  EXPECT_EQ(coded(Values{751, 751, 751, 748, 751}), "3*751 748 751");
  EXPECT_EQ(coded(Values{}), "");
}

RC_GTEST_PROP(RunLengths, AreReadBack, (const std::vector<bool>& flags)) {
  RC_ASSERT(decoded_flags(coded(flags), flags.size()) == flags);
  RC_ASSERT(!decoded_flags(coded(flags), flags.size() + 1));
  const Values values(flags.begin(), flags.end());
  RC_ASSERT(decoded_values(coded(values), values.size()) == values);
  RC_ASSERT(!decoded_values(coded(values), values.size() + 1));
}

TEST(RunLengths, NothingElseIsRead) {
  for (const char* line : {"3", "5", "2 1", "2 3", "4 0", " 4", "4 ", "2  2", "2,2", "-4", "+4", "04", "4.0",
                           "0 0 4", "99999999999999999999", "x", "2 18446744073709551615"})
    EXPECT_FALSE(decoded_flags(line, 4)) << line;
  EXPECT_TRUE(decoded_flags("4", 4));
  for (const char* line : {"3*7", "5*7", "4*", "*7", "4**7", "0*7 4*7", "4*7 ", " 4*7", "4*-7", "1 2 3",
                           "4*7 1", "x", "18446744073709551615*7", "4*99999999999999999999"})
    EXPECT_FALSE(decoded_values(line, 4)) << line;
  EXPECT_TRUE(decoded_values("4*7", 4));
}

// A short line cannot ask for more memory than what it stands for.
TEST(RunLengths, NoLineIsLongerThanItMayBe) {
  EXPECT_FALSE(decoded_flags("18446744073709551615", 4));
  EXPECT_FALSE(decoded_values("18446744073709551615*1", 4));
}

}  // namespace
}  // namespace hearsay::baseline
