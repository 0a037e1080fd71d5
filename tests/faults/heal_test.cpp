#include "faults/heal.hpp"

#include <gtest/gtest.h>

#include "tests/faults/traffic.hpp"

namespace hearsay::faults {
namespace {

std::optional<Tick> heal_of(const std::string& faults) {
  return heal(testing::written("[cluster]\nnodes = 20\n" + faults));
}

std::string drop(const std::string& more) {
  return "[[fault]]\nname = \"wifi\"\nkind = \"drop\"\nprobability = \"10%\"\n" + more;
}

std::string kill_at_2s(const std::string& more) {
  return "[[fault]]\nname = \"crash\"\nkind = \"kill\"\nnodes = 3\nat = \"2s\"\n" + more;
}

TEST(Heal, IsWhenTheLastWindowClosesOrTheLastNodeRestarts) {
  EXPECT_EQ(heal_of(drop("at = \"3s\"\nfor = \"4s\"\n")), 7 * kSecond);
  EXPECT_EQ(heal_of(kill_at_2s("restart_after = \"1s\"\n")), 3 * kSecond);
  EXPECT_EQ(heal_of(drop("for = \"4s\"\n") + kill_at_2s("restart_after = \"1s\"\n")), 4 * kSecond);
  EXPECT_EQ(heal_of(drop("for = \"2s\"\n") + kill_at_2s("restart_after = \"1s\"\n")), 3 * kSecond);
}

TEST(Heal, FaultsThatNeverDoAreNotWaitedFor) {
  EXPECT_EQ(heal_of(""), std::nullopt);
  EXPECT_EQ(heal_of(drop("")), std::nullopt) << "open to the end";
  EXPECT_EQ(heal_of(drop("for = \"1s\"\nevery = \"5s\"\n")), std::nullopt) << "it repeats";
  EXPECT_EQ(heal_of(kill_at_2s("")), std::nullopt) << "its nodes stay down";
  EXPECT_EQ(heal_of(kill_at_2s("every = \"5s\"\nrestart_after = \"1s\"\n")), std::nullopt);
  EXPECT_EQ(heal_of(drop("") + kill_at_2s("restart_after = \"1s\"\n")), 3 * kSecond);
}

}  // namespace
}  // namespace hearsay::faults
