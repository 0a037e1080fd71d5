#include "base/errors.hpp"

#include <gtest/gtest.h>

#include "base/check.hpp"

namespace hearsay {
namespace {

TEST(Location, IsWrittenAsEditorsReadIt) {
  EXPECT_EQ(to_string(Location{"lossy.toml", 12, 1}), "lossy.toml:12:1");
  EXPECT_EQ(to_string(Location{"lossy.toml"}), "lossy.toml");
}

TEST(InputError, HasALineAProblem) {
  const InputError error({{{"a.toml", 2, 3}, "one"}, {{"a.toml"}, "whole"}});
  EXPECT_STREQ(error.what(), "a.toml: whole\na.toml:2:3: one");
}

TEST(InputError, SortsByPlaceAndKeepsTheOrderOfWhatIsAtOnePlace) {
  const InputError error({{{"b.toml", 1, 1}, "fifth"},
                          {{"a.toml", 10, 1}, "fourth"},
                          {{"a.toml", 9, 5}, "second"},
                          {{"a.toml", 9, 5}, "third"},
                          {{"a.toml", 9, 1}, "first"}});
  ASSERT_EQ(error.problems().size(), 5U);
  EXPECT_EQ(error.problems()[0].what, "first");
  EXPECT_EQ(error.problems()[1].what, "second");
  EXPECT_EQ(error.problems()[2].what, "third");
  EXPECT_EQ(error.problems()[3].what, "fourth");
  EXPECT_EQ(error.problems()[4].what, "fifth");
}

TEST(InputError, OfNoFileIsItsTextAlone) {
  const InputError error("no such command");
  EXPECT_STREQ(error.what(), "no such command");
  EXPECT_EQ(error.problems().size(), 1U);
}

void check(bool holds, int& asked) {
  const auto why = [&asked] {
    ++asked;
    return std::string("the books do not balance");
  };
  HEARSAY_CHECK(holds, why());
}

TEST(Check, AsksWhyOnlyWhenItFails) {
  int asked = 0;
  EXPECT_NO_THROW(check(true, asked));
  EXPECT_EQ(asked, 0);
  EXPECT_THROW(check(false, asked), Bug);
  EXPECT_EQ(asked, 1);
}

TEST(Check, SaysWhatAndWhereWithoutThePathOfTheMachine) {
  try {
    int asked = 0;
    check(false, asked);
    FAIL();
  } catch (const Bug& bug) {
    const std::string text = bug.what();
    EXPECT_EQ(text.find("the books do not balance (holds at errors_test.cpp:"), 0U) << text;
  }
}

}  // namespace
}  // namespace hearsay
