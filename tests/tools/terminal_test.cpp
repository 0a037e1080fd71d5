// What a terminal gets to see.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/tools/process.hpp"

namespace hearsay::tools {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kEraseLine = "\r\x1b[K";
constexpr const char* kGreen = "\x1b[32m";

class Terminal : public ::testing::Test {
 protected:
  std::string shown(std::vector<std::string> options, std::vector<std::string> environment = {}) {
    options.insert(options.begin(), {"run", folder_.write("it.toml", quick())});
    return hearsay(options, {.environment = std::move(environment), .terminal = true}).out;
  }

  Folder folder_;
};

TEST_F(Terminal, ShowsProgressAndColours) {
  EXPECT_THAT(shown({}), AllOf(HasSubstr(kEraseLine), HasSubstr(" versions published, "), HasSubstr(kGreen)));
}

TEST_F(Terminal, ShowsNoColourWhereNoneIsWanted) {
  EXPECT_THAT(shown({}, {"NO_COLOR=1"}), AllOf(HasSubstr(kEraseLine), Not(HasSubstr(kGreen))));
}

TEST_F(Terminal, ShowsNoProgressWhereItIsToBeQuiet) {
  EXPECT_THAT(shown({"--quiet"}), AllOf(Not(HasSubstr(kEraseLine)), HasSubstr(kGreen)));
}

}  // namespace
}  // namespace hearsay::tools
